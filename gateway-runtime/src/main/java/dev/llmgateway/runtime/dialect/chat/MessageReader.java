package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// One message, member by member, whatever its role: that may come last.
final class MessageReader {
    private final BodyReader body;
    private final JsonCursor json;
    private final FieldPath field;
    private final LegacyCalls legacy;
    private final ReasoningReader reasoning;
    private String role = "";
    private String name = "";
    private String callId = "";
    private List<Part> content = List.of();
    private Slice refusal = Slice.EMPTY;
    private final List<Part> calls = new ArrayList<>(0);
    private CacheMark cache = CacheMark.None;

    MessageReader(BodyReader body, FieldPath field, LegacyCalls legacy) {
        this.body = body;
        this.json = body.json();
        this.field = field;
        this.legacy = legacy;
        this.reasoning = new ReasoningReader(body);
    }

    MessageReader read() {
        if (json.kind() != JsonKind.Object) {
            throw BodyReader.refusal(field, "must be an object with a role");
        }
        json.object();
        while (json.member()) {
            String member = json.key();
            if (!member(member) && !reasoning.member(member, field)) {
                body.unknown(field);
            }
        }
        return this;
    }

    private boolean member(String member) {
        switch (member) {
            case "role" -> role = body.text(field.member(member));
            case "content" -> content = ContentReader.read(body, field.member(member));
            case "name" -> name = body.text(field.member(member));
            case "tool_call_id" -> callId = body.text(field.member(member));
            case "tool_calls" -> toolCalls();
            case "function_call" -> functionCall();
            case "refusal" -> refusal = body.string(field.member(member));
            case "audio" -> audio();
            case "cache_control", "prompt_cache_breakpoint" ->
                    cache = body.mark(field.member(member));
            // What replies carry beside their text, or what the SDK's parser made of it.
            case "id", "type", "annotations", "parsed", "index" -> json.skip();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void toolCalls() {
        FieldPath owner = field.member("tool_calls");
        calls.removeIf(call -> true);
        if (body.list(owner)) {
            for (int i = 0; json.element(); i++) {
                calls.add(new CallReader(body, owner.element(i)).toolCall());
            }
        }
    }

    private void functionCall() {
        if (json.isNull()) {
            json.skip();
            return;
        }
        calls.add(new CallReader(body, field.member("function_call")).functionCall(legacy));
    }

    private void audio() {
        if (!json.isNull()) {
            body.lost(field.member("audio"), "spoken replies are known to their provider only");
        }
        json.skip();
    }

    FieldPath field() {
        return field;
    }

    String role() {
        return role;
    }

    String name() {
        return name;
    }

    String callId() {
        return callId;
    }

    CacheMark cache() {
        return cache;
    }

    boolean hasCalls() {
        return !calls.isEmpty();
    }

    /// Content without the message's own cache mark.
    List<Part> content() {
        return content;
    }

    /// What was said, with the message's cache mark on the last part that can bear one.
    List<Part> said() {
        return CacheMarks.onLast(content, cache);
    }

    /// All that an assistant thought, said and called, in this order.
    List<Part> assistant() {
        List<Part> parts = new ArrayList<>(reasoning.parts());
        parts.addAll(content);
        if (!refusal.isEmpty()) {
            parts.add(new Part.Refusal(refusal));
        }
        parts.addAll(calls);
        return CacheMarks.onLast(parts, cache);
    }
}
