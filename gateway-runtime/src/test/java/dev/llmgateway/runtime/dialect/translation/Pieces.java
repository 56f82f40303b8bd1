package dev.llmgateway.runtime.dialect.translation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.runtime.model.Block;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// Replies whose texts come in pieces, cut at any byte, and what became of them behind a stage.
final class Pieces {
    private Pieces() {}

    /// One block with a text in pieces.
    static List<ReplyEvent> block(int number, Block kind, List<Slice> pieces) {
        List<ReplyEvent> events = new ArrayList<>();
        events.add(new ReplyEvent.Open(number, kind));
        pieces.forEach(piece -> events.add(new ReplyEvent.Delta(number, piece)));
        events.add(new ReplyEvent.Close(number));
        return events;
    }

    static List<Slice> of(String... pieces) {
        return List.of(pieces).stream().map(Slice::of).toList();
    }

    /// Cuts at random bytes, within escapes and characters too; sometimes at each.
    static List<Slice> cut(String text, Random random) {
        byte[] bytes = text.getBytes(UTF_8);
        int most = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(12);
        List<Slice> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(most));
            pieces.add(new Slice(bytes, from, to));
            from = to;
        }
        return pieces;
    }

    /// The text as the inside of a JSON string, each character escaped in one of its ways.
    static String escaped(String text, Random random) {
        StringBuilder out = new StringBuilder();
        int unicode = random.nextInt(8);
        text.codePoints()
                .forEach(point -> {
                    boolean must = point < ' ' || point == '"' || point == '\\' || lone(point);
                    int shortForm = "\"\\/\b\f\n\r\t".indexOf(point);
                    if (shortForm >= 0 && (must || point == '/') && random.nextInt(8) >= unicode) {
                        out.append('\\').append("\"\\/bfnrt".charAt(shortForm));
                    } else if (must || random.nextInt(8) < unicode) {
                        for (char unit : Character.toChars(point)) {
                            out.append("\\u%04x".formatted((int) unit));
                        }
                    } else {
                        out.appendCodePoint(point);
                    }
                });
        return out.toString();
    }

    private static boolean lone(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    static String decoded(String escaped) {
        return MessagesReplies.tree("\"" + escaped + "\"").asText();
    }

    /// All text of one block.
    static String text(List<ReplyEvent> events, int block) {
        StringBuilder text = new StringBuilder();
        for (ReplyEvent event : events) {
            if (event instanceof ReplyEvent.Delta(int number, Slice piece) && number == block) {
                text.append(piece);
            }
        }
        return text.toString();
    }

    /// What comes out of a stage, kept; every piece must be whole characters and escapes.
    static final class Seen implements Consumer<ReplyEvent> {
        final List<ReplyEvent> events = new ArrayList<>();

        @Override
        public void accept(ReplyEvent event) {
            if (event instanceof ReplyEvent.Delta(int _, Slice text)) {
                decoded(new String(text.copy().bytes(), UTF_8));
            }
            events.add(Streams.kept(event));
        }
    }
}
