package dev.llmgateway.runtime.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.ChatRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// A body as an upstream would read it, and what was told to be lost.
record Written(String body, List<String> notes) {
    private static final ObjectMapper MAPPER =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    static Written to(Upstream upstream, HubRequest request) {
        return to(upstream, request.build());
    }

    static Written to(Upstream upstream, ChatRequest request) {
        Notes notes = new Notes(false);
        JsonBytes out = new JsonBytes();
        ChatRequestWriter.write(request, upstream.target(), notes, out);
        return new Written(out.slice().toString(), notes.all());
    }

    /// Field of the refusal.
    static String refused(Upstream upstream, HubRequest request) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> to(upstream, request));
        assertThat(refusal).isNotNull();
        assertThat(refusal.error().message()).startsWith(refusal.error().param());
        return refusal.error().param();
    }

    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException broken) {
            throw new UncheckedIOException(json, broken);
        }
    }

    /// Fails unless a member is exactly this; `'` stands for `"`.
    Written has(String member, String json) {
        assertThat(tree(body).path(member)).isEqualTo(tree(json.replace('\'', '"')));
        return this;
    }

    Written lacks(String... members) {
        for (String member : members) {
            assertThat(tree(body).has(member)).as("%s in %s", member, body).isFalse();
        }
        return this;
    }

    /// Fails unless the body has these members besides `model` and `messages`, and no others.
    Written hasOnly(String json) {
        ObjectNode rest = ((ObjectNode) tree(body)).without(List.of("model", "messages"));
        assertThat(rest).isEqualTo(tree(json.replace('\'', '"')));
        return this;
    }

    Written losesNothing() {
        assertThat(notes).isEmpty();
        return this;
    }

    Written loses(String... fields) {
        assertThat(notes)
                .extracting(note -> note.substring(0, note.indexOf('=')))
                .containsExactly(fields);
        return this;
    }
}
