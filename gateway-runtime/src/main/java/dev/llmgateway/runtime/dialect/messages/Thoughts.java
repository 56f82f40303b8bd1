package dev.llmgateway.runtime.dialect.messages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.translation.ReasoningCarrier;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Turn;
import java.util.ArrayList;
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

    /// The request with the thoughts that a client of another format kept for us (translation.md
    /// 3.5), as long as the model that thought them is asked.
    static ChatRequest unsealed(ChatRequest request, Target target) {
        if (request.source() != WireFormat.Responses) {
            return request;
        }
        List<Turn> turns = new ArrayList<>(request.turns().size());
        for (Turn turn : request.turns()) {
            boolean sealed = turn.parts().stream().anyMatch(Thoughts::isSealed);
            turns.add(sealed ? new Turn(turn.role(), unsealed(turn.parts(), target)) : turn);
        }
        return request.withTurns(turns);
    }

    private static boolean isSealed(Part part) {
        return part instanceof Part.Thinking(_, Slice signature)
                && ReasoningCarrier.is(ReasoningCarrier.THOUGHTS, signature);
    }

    private static List<Part> unsealed(List<Part> parts, Target target) {
        List<Part> open = new ArrayList<>();
        for (Part part : parts) {
            if (isSealed(part) && part instanceof Part.Thinking(_, Slice signature)) {
                ReasoningCarrier.read(ReasoningCarrier.THOUGHTS, signature)
                        .filter(carrier -> carrier.model().equals(target.model()))
                        .ifPresent(carrier -> blocks(carrier.values().getFirst(), open));
            } else {
                open.add(part);
            }
        }
        return open;
    }

    private static void blocks(Slice list, List<Part> to) {
        JsonCursor json = JsonCursor.of(list);
        if (json.array()) {
            while (json.element()) {
                block(json, to);
            }
        }
    }

    private static void block(JsonCursor json, List<Part> to) {
        Slice text = Slice.EMPTY;
        Slice signature = Slice.EMPTY;
        Slice data = Slice.EMPTY;
        if (json.object()) {
            while (json.member()) {
                switch (json.key()) {
                    case "t" -> text = json.string();
                    case "s" -> signature = json.string();
                    case "d" -> data = json.string();
                    default -> json.skip();
                }
            }
        }
        to.add(
                data.isEmpty()
                        ? new Part.Thinking(text, signature)
                        : new Part.RedactedThinking(data));
    }

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
