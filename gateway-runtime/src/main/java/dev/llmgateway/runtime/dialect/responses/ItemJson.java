package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.model.Slice;

/// Items as JSON: as they begin, and whole.
final class ItemJson {
    private static final String BEGUN = "in_progress";
    private static final String DONE = "completed";

    private ItemJson() {}

    static void begun(OutputItem item, JsonBytes out) {
        head(item, out);
        switch (item.kind()) {
            case Message ->
                    out.member("status", BEGUN)
                            .member("role", "assistant")
                            .name("content")
                            .arrayStart()
                            .arrayEnd();
            case Reasoning -> out.name("summary").arrayStart().arrayEnd();
            case Function -> {
                call(item.call(), BEGUN, out);
                out.member("arguments", "");
            }
            case Custom -> {
                call(item.call(), BEGUN, out);
                out.member("input", "");
            }
            case Shell, LocalShell, ApplyPatch ->
                    LocalCallJson.write(item, BEGUN, Slice.EMPTY, out);
            case WebSearch -> SearchCall.write(BEGUN, Slice.EMPTY, Slice.EMPTY, out);
        }
        out.objectEnd();
    }

    static void whole(OutputItem item, Origin origin, JsonBytes out) {
        head(item, out);
        switch (item.kind()) {
            case Message -> message(item, out);
            case Reasoning -> reasoning(item, origin, out);
            case Function -> {
                call(item.call(), DONE, out);
                out.member("arguments", text(item));
            }
            case Custom -> {
                call(item.call(), DONE, out);
                out.member("input", text(item));
            }
            case Shell, LocalShell, ApplyPatch -> LocalCallJson.write(item, DONE, text(item), out);
            case WebSearch ->
                    SearchCall.write(
                            item.failed() ? "failed" : DONE, text(item), item.sources(), out);
        }
        out.objectEnd();
    }

    private static void head(OutputItem item, JsonBytes out) {
        out.objectStart().member("id", item.id()).member("type", item.kind().type());
    }

    private static Slice text(OutputItem item) {
        return item.parts().isEmpty() ? Slice.EMPTY : item.parts().getFirst().text();
    }

    private static void message(OutputItem item, JsonBytes out) {
        out.member("status", DONE).member("role", "assistant").name("content").arrayStart();
        for (OutputPart part : item.parts()) {
            part(part, part.text(), out);
        }
        if (!item.refusal().isEmpty()) {
            refusal(item.refusal(), out);
        }
        out.arrayEnd();
    }

    static void part(OutputPart part, Slice text, JsonBytes out) {
        out.objectStart().member("type", "output_text").name("annotations").arrayStart();
        for (int i = 0; i < part.citations().count(); i++) {
            part.citations().write(i, text, out);
        }
        part.tokens().write(out.arrayEnd().name("logprobs"));
        out.member("text", text).objectEnd();
    }

    static void refusal(Slice text, JsonBytes out) {
        out.objectStart().member("type", "refusal").member("refusal", text).objectEnd();
    }

    private static void reasoning(OutputItem item, Origin origin, JsonBytes out) {
        out.name("summary").arrayStart();
        for (OutputPart part : item.parts()) {
            if (!part.text().isEmpty()) {
                summary(part.text(), out);
            }
        }
        out.arrayEnd();
        item.thoughts().write(origin, out);
    }

    static void summary(Slice text, JsonBytes out) {
        out.objectStart().member("type", "summary_text").member("text", text).objectEnd();
    }

    private static void call(ItemCall call, String status, JsonBytes out) {
        out.member("status", status).member("call_id", call.id()).member("name", call.name());
        if (!call.namespace().isEmpty()) {
            out.member("namespace", call.namespace());
        }
    }
}
