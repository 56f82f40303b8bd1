package dev.llmgateway.runtime.dialect.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Spoils bytes: flips, cuts, repeats, splices, tokens where none belong.
final class ByteMutator {
    private static final int MOST = 1 << 15;

    private static final List<String> TOKENS =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    "[[[[[[[[",
                    "\"",
                    ",",
                    ":",
                    "\\",
                    "\\u",
                    "\\ud800",
                    "\\udc00",
                    "\\u0000",
                    "null",
                    "true",
                    "-1",
                    "1e999",
                    "0.5",
                    "99999999999999999999",
                    "{}",
                    "[]",
                    "\"\"",
                    "\n",
                    "\r",
                    "\r\n",
                    "\n\n",
                    "data: ",
                    "event: ",
                    "data: [DONE]\n\n",
                    ": ping\n\n",
                    "\u0000",
                    "\uFEFF",
                    "日",
                    "\uD83D\uDE00");

    private final Random random;
    private final List<byte[]> corpus;

    ByteMutator(Random random, List<byte[]> corpus) {
        this.random = random;
        this.corpus = corpus;
    }

    byte[] mutate(byte[] input) {
        byte[] out = input;
        for (int i = random.nextInt(4); i >= 0; i--) {
            out = once(out);
        }
        return out;
    }

    private byte[] once(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int to = Math.min(input.length, at + 1 + random.nextInt(random.nextBoolean() ? 4 : 64));
        byte[] token = TOKENS.get(random.nextInt(TOKENS.size())).getBytes(UTF_8);
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        return switch (random.nextInt(7)) {
            case 0 -> flipped(input, at);
            case 1 -> Arrays.copyOf(input, at);
            case 2 -> joined(input, at, new byte[0], to);
            case 3 -> joined(input, at, token, at);
            case 4 -> joined(input, at, token, to);
            case 5 -> joined(input, to, Arrays.copyOfRange(input, at, to), to);
            default -> {
                int from = random.nextInt(other.length + 1);
                yield joined(
                        input, at, Arrays.copyOfRange(other, from, other.length), input.length);
            }
        };
    }

    private byte[] flipped(byte[] input, int at) {
        byte[] out = input.clone();
        if (at < out.length) {
            out[at] =
                    (byte)
                            (random.nextBoolean()
                                    ? out[at] ^ (1 << random.nextInt(8))
                                    : random.nextInt());
        }
        return out;
    }

    private static byte[] joined(byte[] input, int until, byte[] middle, int from) {
        byte[] out = Arrays.copyOf(input, until + middle.length + input.length - from);
        System.arraycopy(middle, 0, out, until, middle.length);
        System.arraycopy(input, from, out, until + middle.length, input.length - from);
        return out.length > MOST ? Arrays.copyOf(out, MOST) : out;
    }
}
