package dev.llmgateway.runtime.dialect.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Makes new inputs of known ones: documents and event streams put together anew, then perhaps
/// spoilt byte by byte.
final class Mutator {
    private static final String DATA = "data: ";

    private final Random random;
    private final List<byte[]> corpus;
    private final ByteMutator bytes;
    private final TreeMutator trees;

    Mutator(long seed, List<byte[]> corpus) {
        this.random = new Random(seed);
        this.corpus = corpus;
        this.bytes = new ByteMutator(random, corpus);
        this.trees = new TreeMutator(random, corpus.stream().flatMap(Mutator::texts).toList());
    }

    byte[] next() {
        byte[] input = corpus.get(random.nextInt(corpus.size()));
        int kind = random.nextInt(8);
        if (kind == 0) {
            return bytes.mutate(input);
        }
        String text = new String(input, UTF_8);
        String changed = text.startsWith("{") ? trees.mutate(text) : frames(text);
        byte[] out = changed.getBytes(UTF_8);
        return kind == 1 ? bytes.mutate(out) : out;
    }

    private String frames(String stream) {
        List<String> frames = new ArrayList<>(Arrays.asList(stream.split("(?<=\n\n)", -1)));
        for (int i = random.nextInt(3); i >= 0 && !frames.isEmpty(); i--) {
            int at = random.nextInt(frames.size());
            switch (random.nextInt(6)) {
                case 0 -> frames.remove(at);
                case 1 -> frames.add(random.nextInt(frames.size()), frames.get(at));
                case 2 -> frames.add(frames.remove(at));
                default -> frames.set(at, changed(frames.get(at)));
            }
        }
        return String.join("", frames);
    }

    private String changed(String frame) {
        int data = frame.indexOf(DATA) + DATA.length();
        int end = frame.indexOf('\n', data);
        return data < DATA.length() || end < 0
                ? frame
                : frame.substring(0, data)
                        + trees.mutate(frame.substring(data, end))
                        + frame.substring(end);
    }

    private static Stream<String> texts(byte[] input) {
        return new String(input, UTF_8)
                .lines()
                .map(line -> line.startsWith(DATA) ? line.substring(DATA.length()) : line)
                .filter(line -> line.startsWith("{"));
    }
}
