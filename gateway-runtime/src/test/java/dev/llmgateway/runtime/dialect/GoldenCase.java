package dev.llmgateway.runtime.dialect;

import dev.llmgateway.crds.plan.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One source file of the matrix: `NAME.FORMAT.request.json`, `NAME.FORMAT.reply.json` or
/// `NAME.FORMAT.reply.sse`.
///
/// @param format the client's for a request, the upstream's for a reply
/// @param kind `request.json`, `reply.json` or `reply.sse`
record GoldenCase(String name, WireFormat format, String kind, Path file) {
    static final Path FOLDER = Path.of("src/test/resources/translation/golden");

    private static final Pattern SOURCE =
            Pattern.compile(
                    "([a-z0-9-]+)\\.(chat|messages|responses|completions)\\.(request\\.json|reply\\.json|reply\\.sse)");

    private static final Set<WireFormat> CLIENTS =
            EnumSet.of(
                    WireFormat.ChatCompletions,
                    WireFormat.Completions,
                    WireFormat.Messages,
                    WireFormat.Responses);
    private static final Set<WireFormat> UPSTREAMS =
            EnumSet.of(WireFormat.ChatCompletions, WireFormat.Messages, WireFormat.Responses);

    static List<GoldenCase> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted()
                    .map(file -> SOURCE.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(GoldenCase::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GoldenCase of(Matcher name) {
        WireFormat format =
                switch (name.group(2)) {
                    case "chat" -> WireFormat.ChatCompletions;
                    case "messages" -> WireFormat.Messages;
                    case "responses" -> WireFormat.Responses;
                    default -> WireFormat.Completions;
                };
        return new GoldenCase(name.group(1), format, name.group(3), FOLDER.resolve(name.group()));
    }

    boolean isRequest() {
        return kind.equals("request.json");
    }

    boolean streams() {
        return kind.equals("reply.sse");
    }

    /// The formats its counterparts are in: upstreams of a request, clients of a reply.
    List<WireFormat> others() {
        return (isRequest() ? UPSTREAMS : CLIENTS)
                .stream().filter(other -> other != format).toList();
    }

    /// Name of a generated file.
    String to(WireFormat other, String what) {
        return name + ".to-" + shown(other) + "." + what;
    }

    static String shown(WireFormat format) {
        return format == WireFormat.ChatCompletions
                ? "chat"
                : format.name().toLowerCase(Locale.ROOT);
    }

    String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
