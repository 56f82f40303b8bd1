package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Slice;

/// Events of the texts inside items.
final class PartEvents {
    private PartEvents() {}

    /// @param index inside the item
    static OutputPart part(OutputItem item, int index, boolean wrapped) {
        String place = ",\"item_id\":\"" + ascii(item.id()) + "\",\"output_index\":" + item.index();
        return switch (item.kind()) {
            case Message ->
                    new OutputPart(
                            item,
                            index,
                            false,
                            "response.output_text.delta",
                            place + ",\"content_index\":" + index,
                            "\",\"logprobs\":[]");
            case Reasoning ->
                    new OutputPart(
                            item,
                            index,
                            false,
                            "response.reasoning_summary_text.delta",
                            place + ",\"summary_index\":" + index,
                            "\"");
            case Function, Shell, LocalShell, ApplyPatch, WebSearch ->
                    new OutputPart(
                            item,
                            index,
                            wrapped,
                            "response.function_call_arguments.delta",
                            place,
                            "\"");
            case Custom ->
                    new OutputPart(
                            item,
                            index,
                            false,
                            "response.custom_tool_call_input.delta",
                            place,
                            "\"");
        };
    }

    /// Ids are the upstream's, which may be anything.
    private static String ascii(String id) {
        JsonBytes escaped = new JsonBytes();
        escaped.value(id);
        String quoted = escaped.slice().toString();
        return quoted.substring(1, quoted.length() - 1);
    }

    static void added(OutputPart part, ItemEvents events, JsonBytes out) {
        switch (part.item().kind()) {
            case Message -> {
                place(part, "response.content_part.added", events, out);
                out.name("part");
                ItemJson.part(part, Slice.EMPTY, out);
                events.end(out);
            }
            case Reasoning -> {
                place(part, "response.reasoning_summary_part.added", events, out);
                out.name("part");
                ItemJson.summary(Slice.EMPTY, out);
                events.end(out);
            }
            case Function, Custom, Shell, LocalShell, ApplyPatch, WebSearch -> {
                // The item itself is the part.
            }
        }
    }

    static void done(OutputPart part, ItemEvents events, JsonBytes out) {
        switch (part.item().kind()) {
            case Message -> textDone(part, events, out);
            case Reasoning -> {
                place(part, "response.reasoning_summary_text.done", events, out);
                out.member("text", part.text());
                events.end(out);
                place(part, "response.reasoning_summary_part.done", events, out);
                out.name("part");
                ItemJson.summary(part.text(), out);
                events.end(out);
            }
            case Function -> {
                place(part, "response.function_call_arguments.done", events, out);
                out.member("name", part.item().call().name()).member("arguments", part.text());
                events.end(out);
            }
            case Custom -> {
                place(part, "response.custom_tool_call_input.done", events, out);
                out.member("input", part.text());
                events.end(out);
            }
            case Shell, LocalShell, ApplyPatch, WebSearch -> {
                // Their arguments are told with the item.
            }
        }
    }

    private static void textDone(OutputPart part, ItemEvents events, JsonBytes out) {
        for (int i = 0; i < part.citations().count(); i++) {
            place(part, "response.output_text.annotation.added", events, out);
            out.member("annotation_index", i).name("annotation");
            part.citations().write(i, part.text(), out);
            events.end(out);
        }
        place(part, "response.output_text.done", events, out);
        part.tokens().write(out.member("text", part.text()).name("logprobs"));
        events.end(out);
        place(part, "response.content_part.done", events, out);
        out.name("part");
        ItemJson.part(part, part.text(), out);
        events.end(out);
    }

    static void search(OutputItem item, String type, ItemEvents events, JsonBytes out) {
        events.start(type, out).member("item_id", item.id());
        out.member("output_index", item.index());
        events.end(out);
    }

    static void refusal(OutputItem item, int index, ItemEvents events, JsonBytes out) {
        refused("response.content_part.added", item, index, events, out);
        out.name("part");
        ItemJson.refusal(Slice.EMPTY, out);
        events.end(out);
        refused("response.refusal.delta", item, index, events, out);
        out.member("delta", item.refusal());
        events.end(out);
        refused("response.refusal.done", item, index, events, out);
        out.member("refusal", item.refusal());
        events.end(out);
        refused("response.content_part.done", item, index, events, out);
        out.name("part");
        ItemJson.refusal(item.refusal(), out);
        events.end(out);
    }

    private static void refused(
            String type, OutputItem item, int index, ItemEvents events, JsonBytes out) {
        events.start(type, out).member("item_id", item.id());
        out.member("output_index", item.index()).member("content_index", index);
    }

    private static void place(OutputPart part, String type, ItemEvents events, JsonBytes out) {
        OutputItem item = part.item();
        events.start(type, out).member("item_id", item.id()).member("output_index", item.index());
        switch (item.kind()) {
            case Message -> out.member("content_index", part.index());
            case Reasoning -> out.member("summary_index", part.index());
            case Function, Custom, Shell, LocalShell, ApplyPatch, WebSearch -> {
                // One text, no index.
            }
        }
    }
}
