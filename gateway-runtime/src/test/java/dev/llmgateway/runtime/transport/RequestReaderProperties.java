package dev.llmgateway.runtime.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// However the bytes of a connection are cut, the same requests are read from them.
class RequestReaderProperties {
    @Property(tries = 400)
    void any_cuts_read_the_same(
            @ForAll("streams") String stream, @ForAll("cuts") List<Integer> cuts) {
        assertThat(read(stream, cuts)).isEqualTo(read(stream, List.of(stream.length())));
    }

    @Property(tries = 200)
    void byte_by_byte_reads_the_same(@ForAll("streams") String stream) {
        assertThat(read(stream, List.of(1))).isEqualTo(read(stream, List.of(stream.length())));
    }

    @Property(tries = 2_000)
    void any_bytes_end_as_requests_or_one_refusal(@ForAll("noise") String noise) {
        List<String> events = read(noise, List.of(noise.length()));

        assertThat(events.stream().filter(event -> event.startsWith("refused")).count())
                .isLessThanOrEqualTo(1);
        assertThat(events.stream().limit(Math.max(0, events.size() - 1)))
                .noneMatch(event -> event.startsWith("refused"));
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(1, 40).list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> streams() {
        return request().list().ofMinSize(1).ofMaxSize(4).map(parts -> String.join("", parts));
    }

    /// Mostly requests, sometimes with a wrong byte.
    private static Arbitrary<String> request() {
        Arbitrary<String> body = Arbitraries.strings().withCharRange('a', 'z').ofMaxLength(60);
        Arbitrary<String> extra =
                Arbitraries.of("", "a: b\r\n", "x-long: " + "y".repeat(70) + "\r\n", "a:\r\n");
        Arbitrary<String> before = Arbitraries.of("", "", "\r\n", "\r\n\r\n");
        return Combinators.combine(body, extra, before, Arbitraries.integers().between(0, 30))
                .as((text, lines, blank, kind) -> blank + message(text, lines, kind));
    }

    private static String message(String text, String lines, int kind) {
        String head = "POST /v1/x?q=1 HTTP/1.1\r\nHost: test\r\n" + lines;
        return switch (kind) {
            case 0 -> head.replace(": ", " : ") + "\r\n";
            case 1 -> head + "Content-Length: x\r\n\r\n";
            case 2 -> head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n";
            case 3 -> "GET / HTTP/1.1\r\nHost: test\r\n\r\n";
            default ->
                    kind % 2 == 0
                            ? head + "Content-Length: " + text.length() + "\r\n\r\n" + text
                            : head + "Transfer-Encoding: chunked\r\n\r\n" + chunks(text);
        };
    }

    private static String chunks(String text) {
        StringBuilder out = new StringBuilder();
        for (int from = 0; from < text.length(); from += 7) {
            String piece = text.substring(from, Math.min(text.length(), from + 7));
            out.append(Integer.toHexString(piece.length())).append(from % 2 == 0 ? "" : ";e=\"f\"");
            out.append("\r\n").append(piece).append("\r\n");
        }
        return out.append("0\r\n\r\n").toString();
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.of(
                        "GET",
                        "POST",
                        " ",
                        "/",
                        " HTTP/1.1",
                        "\r\n",
                        "\r",
                        "\n",
                        "Host: a",
                        ":",
                        "Content-Length: 3",
                        "Transfer-Encoding: chunked",
                        "3",
                        "abc",
                        "0",
                        ";",
                        "\t",
                        "\u0000",
                        "\u00ff",
                        "\r\n\r\n")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
    }

    /// What a reader tells; bodies are joined, since pieces follow the cuts.
    private static List<String> read(String stream, List<Integer> cuts) {
        List<String> events = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        RequestReader.Sink sink =
                new RequestReader.Sink() {
                    @Override
                    public void head(ParsedHead head) {
                        List<String> lines = new ArrayList<>();
                        head.forEachHeader((name, value) -> lines.add(name + "=" + value));
                        events.add(head.method() + " " + head.target() + " " + lines);
                    }

                    @Override
                    public void body(ByteBuf bytes, boolean last) {
                        body.append(bytes.toString(ISO_8859_1));
                        bytes.release();
                        if (last) {
                            events.add("body " + body);
                            body.setLength(0);
                        }
                    }

                    @Override
                    public void malformed(Refusal refusal) {
                        body.setLength(0);
                        events.add("refused " + refusal.status());
                    }
                };
        EmbeddedChannel channel = new EmbeddedChannel();
        RequestReader reader = new RequestReader(channel, HttpLimits.DEFAULT);
        int at = 0;
        for (int i = 0; at < stream.length(); i++) {
            int to = Math.min(stream.length(), at + cuts.get(i % cuts.size()));
            reader.add(Unpooled.copiedBuffer(stream.substring(at, to), ISO_8859_1));
            while (reader.step(sink)) {}
            at = to;
        }
        reader.release();
        channel.finishAndReleaseAll();
        return events;
    }
}
