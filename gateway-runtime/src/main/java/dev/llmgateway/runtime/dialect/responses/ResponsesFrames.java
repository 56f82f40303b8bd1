package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.dialect.sse.SseFrame;
import dev.llmgateway.runtime.dialect.translation.FrameDecoder;
import dev.llmgateway.runtime.dialect.translation.Origin;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.model.ReplyEvent;
import dev.llmgateway.runtime.model.Slice;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads a Responses stream (translation.md 4.2). The deltas of one text are recognised by the
/// bytes around it; every other event is parsed.
final class ResponsesFrames implements FrameDecoder {
    static final GatewayError BROKE_OFF =
            GatewayError.of(ErrorCode.UPSTREAM_BROKEN, "upstream stream ended before completion");

    private final ResponsesEvent event = new ResponsesEvent();
    private final LearnedDelta learned = new LearnedDelta();
    private final DecodedItems items;
    private @Nullable DecodedItem learnedItem;
    private boolean started;
    private boolean ended;

    ResponsesFrames(Origin origin) {
        this.items = new DecodedItems(origin);
    }

    @Override
    public void frame(SseFrame frame, Consumer<ReplyEvent> to) {
        if (ended || frame.lines() == 0) {
            return;
        }
        if (frame.lines() > 1) {
            parsed(frame, Slice.whole(frame.data()), to);
            return;
        }
        ByteBuf buffer = frame.buffer();
        int from = buffer.arrayOffset() + frame.start(0);
        int end = buffer.arrayOffset() + frame.end(0);
        Slice text = learned.match(buffer.array(), from, end);
        DecodedItem item = learnedItem;
        if (text == null || item == null) {
            parsed(frame, new Slice(buffer.array(), from, end), to);
        } else if (!text.isEmpty()) {
            item.told(text);
            to.accept(new ReplyEvent.Delta(item.block, text));
        }
    }

    @Override
    public void end(Consumer<ReplyEvent> to) {
        fail(BROKE_OFF, to);
    }

    private void parsed(SseFrame frame, Slice data, Consumer<ReplyEvent> to) {
        if (data.isBlank() || data.is("[DONE]")) {
            return;
        }
        try {
            if (event.read(data)) {
                String type = event.type.isEmpty() && frame.hasEvent() ? frame.event() : event.type;
                event(type, data, to);
            } else {
                fail(BROKE_OFF, to);
            }
        } catch (MalformedJson _) {
            fail(BROKE_OFF, to);
        }
    }

    private void event(String type, Slice data, Consumer<ReplyEvent> to) {
        DecodedItem before = learnedItem;
        learnedItem = null;
        switch (type) {
            case "response.created", "response.queued", "response.in_progress" ->
                    start(DecodedResponse.read(event.response), to);
            case "response.completed", "response.incomplete" ->
                    finish(DecodedResponse.read(event.response), to);
            case "response.failed", "response.cancelled" ->
                    fail(DecodedResponse.read(event.response).error("the upstream failed"), to);
            case "error" ->
                    fail(DecodedResponse.error(event.error.isEmpty() ? data : event.error), to);
            default -> {
                if (isItems(type)) {
                    start(DecodedResponse.read(Slice.of("{}")), to);
                    item(type, to);
                    learn(type, data);
                } else {
                    learnedItem = before; // means nothing, changes nothing
                }
            }
        }
        if (learnedItem == null) {
            learned.forget();
        }
    }

    private static boolean isItems(String type) {
        return type.startsWith("response.output_")
                || type.startsWith("response.content_part.")
                || type.startsWith("response.refusal.")
                || type.startsWith("response.reasoning_")
                || type.startsWith("response.function_call_arguments.")
                || type.startsWith("response.custom_tool_call_input.");
    }

    private void start(DecodedResponse response, Consumer<ReplyEvent> to) {
        if (!started) {
            started = true;
            to.accept(response.start());
        }
    }

    private void item(String type, Consumer<ReplyEvent> to) {
        DecodedItem item = items.of(event.outputIndex);
        switch (type) {
            case "response.output_item.added" -> items.added(item, ItemFacts.read(event.item), to);
            case "response.output_item.done" -> items.done(item, ItemFacts.read(event.item), to);
            case "response.output_text.delta" -> {
                items.likely(event.logprobs, to);
                items.text(item, event.part, event.delta, false, to);
            }
            case "response.refusal.delta" -> items.text(item, event.part, event.delta, true, to);
            case "response.output_text.done" -> textDone(item, false, to);
            case "response.refusal.done" -> textDone(item, true, to);
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
                    items.thought(item, event.part, event.delta, to);
            case "response.reasoning_summary_text.done", "response.reasoning_text.done" ->
                    items.thought(item, event.part, missing(item), to);
            case "response.function_call_arguments.delta",
                    "response.custom_tool_call_input.delta" ->
                    items.argument(item, event.delta, to);
            case "response.function_call_arguments.done", "response.custom_tool_call_input.done" ->
                    items.argument(item, item.missing(event.whole), to);
            case "response.output_text.annotation.added" -> items.cite(item, event.annotation, to);
            default -> {
                // Repeats what was told, or means nothing elsewhere.
            }
        }
        if (items.nonsense()) {
            fail(BROKE_OFF, to);
        }
    }

    private Slice missing(DecodedItem item) {
        boolean same = item.block != DecodedItem.NONE && item.part == event.part;
        return same ? item.missing(event.whole) : item.opened == 0 ? event.whole : Slice.EMPTY;
    }

    private void textDone(DecodedItem item, boolean refusal, Consumer<ReplyEvent> to) {
        boolean same = item.block != DecodedItem.NONE && item.part == event.part;
        Slice rest = same ? item.missing(event.whole) : event.whole;
        if (rest.length() == event.whole.length()) {
            items.likely(event.logprobs, to);
        }
        items.text(item, event.part, rest, refusal, to);
    }

    private void learn(String type, Slice data) {
        DecodedItem item = items.of(event.outputIndex);
        boolean text =
                type.equals("response.output_text.delta")
                        || type.equals("response.reasoning_summary_text.delta")
                        || type.equals("response.function_call_arguments.delta")
                        || type.equals("response.custom_tool_call_input.delta");
        boolean plain = event.logprobs.isEmpty() && !event.delta.isEmpty();
        if (text && plain && item.block != DecodedItem.NONE) {
            learned.learn(data, event.number, event.delta, event.obfuscation);
            learnedItem = item;
        }
    }

    private void finish(DecodedResponse response, Consumer<ReplyEvent> to) {
        if (response.failed()) {
            fail(response.error("the upstream failed"), to);
            return;
        }
        start(response, to);
        if (items.isEmpty() && !response.output().isEmpty()) {
            items.replay(response.output(), to);
        }
        ended = true;
        items.end(to);
        to.accept(response.finish(items));
    }

    private void fail(GatewayError error, Consumer<ReplyEvent> to) {
        if (!ended) {
            ended = true;
            to.accept(new ReplyEvent.Fail(error));
        }
    }
}
