package dev.llmgateway.runtime.dialect.messages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;

/// Which thoughts Anthropic takes back: those it signed itself (translation.md 3.5).
final class Thoughts {
    /// Signatures we gave to thoughts of other vendors, and carriers of another format.
    private static final List<byte[]> FOREIGN =
            List.of(
                    "gwC1.".getBytes(US_ASCII),
                    "gwO1.".getBytes(US_ASCII),
                    "gwA1.".getBytes(US_ASCII));

    private Thoughts() {}

    static boolean isNative(Part part) {
        return switch (part) {
            case Part.Thinking(_, var signature) -> isNative(signature);
            case Part.RedactedThinking(var data) -> isNative(data);
            case Part.Text _,
                    Part.Refusal _,
                    Part.Image _,
                    Part.Document _,
                    Part.Audio _,
                    Part.ToolCall _,
                    Part.ToolResult _,
                    Part.SearchResult _,
                    Part.ServerTool _,
                    Part.Other _ ->
                    false;
        };
    }

    private static boolean isNative(Slice signature) {
        return !signature.isBlank() && FOREIGN.stream().noneMatch(signature::startsWith);
    }
}
