package dev.llmgateway.runtime.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.ChatRequest;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ChatRequestWriterProperties {
    @Property(tries = 3_000)
    void whatever_is_asked_the_body_is_json_and_what_is_told_fits_in_a_header(@ForAll long seed) {
        RandomHubRequest random = new RandomHubRequest(seed);
        ChatRequest request = random.request();
        Upstream upstream = random.upstream();

        try {
            Written written = Written.to(upstream, request);

            JsonNode body = Written.tree(written.body());
            assertThat(body.path("model").asText()).isEqualTo(upstream.model());
            assertThat(body.path("messages").isArray()).isTrue();
            assertThat(written.notes())
                    .allSatisfy(note -> assertThat(note).matches("[ !#-:<-~]+=[ !#-:<-~]+"));
        } catch (Refusal refusal) {
            assertThat(refusal.error().param()).isNotEmpty();
        }
    }

    /// What is said of losses must not depend on whether they are allowed.
    @Property(tries = 500)
    void a_strict_translation_refuses_what_a_lenient_one_names_first(@ForAll long seed) {
        RandomHubRequest random = new RandomHubRequest(seed);
        ChatRequest request = random.request();
        Upstream upstream = random.upstream();

        try {
            Written written = Written.to(upstream, request);

            assertThat(firstRefused(upstream, request))
                    .isEqualTo(written.notes().isEmpty() ? "" : field(written.notes().getFirst()));
        } catch (Refusal refusal) {
            assertThat(firstRefused(upstream, request)).isNotEmpty();
        }
    }

    private static String field(String note) {
        return note.substring(0, note.indexOf('='));
    }

    private static String firstRefused(Upstream upstream, ChatRequest request) {
        try {
            ChatRequestWriter.write(request, upstream.target(), new Notes(true), new JsonBytes());
            return "";
        } catch (Refusal refusal) {
            return refusal.error().param();
        }
    }
}
