package dev.llmgateway.runtime.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Whatever values stand under the names that this format knows, a body is read or refused.
class ChatRequestsProperties {
    private static final List<String> TOP =
            List.of(
                    "messages",
                    "messages",
                    "messages",
                    "tools",
                    "tool_choice",
                    "functions",
                    "stop",
                    "function_call",
                    "response_format",
                    "thinking",
                    "output_config",
                    "metadata",
                    "max_tokens",
                    "stream_options",
                    "web_search_options",
                    "prompt_cache_options",
                    "modalities",
                    "logit_bias",
                    "temperature",
                    "cache_control",
                    "n",
                    "unheard_of");
    private static final List<String> INNER =
            List.of(
                    "role",
                    "content",
                    "type",
                    "text",
                    "image_url",
                    "url",
                    "input_audio",
                    "file",
                    "file_data",
                    "source",
                    "data",
                    "media_type",
                    "tool_use_id",
                    "tool_call_id",
                    "tool_calls",
                    "id",
                    "function",
                    "custom",
                    "name",
                    "arguments",
                    "input",
                    "cache_control",
                    "prompt_cache_breakpoint",
                    "ttl",
                    "reasoning_details",
                    "thinking_blocks",
                    "citations",
                    "enabled",
                    "parameters",
                    "format",
                    "allowed_tools",
                    "tools",
                    "mode",
                    "user_location",
                    "approximate",
                    "city",
                    "json_schema",
                    "schema",
                    "refusal",
                    "function_call",
                    "reasoning_content");
    private static final List<String> WORDS =
            List.of(
                    "\"user\"",
                    "\"assistant\"",
                    "\"tool\"",
                    "\"system\"",
                    "\"function\"",
                    "\"text\"",
                    "\"image_url\"",
                    "\"tool_result\"",
                    "\"document\"",
                    "\"image\"",
                    "\"content\"",
                    "\"base64\"",
                    "\"file\"",
                    "\"custom\"",
                    "\"allowed_tools\"",
                    "\"data:image\\/png;base64,AA\"",
                    "\"data:\"",
                    "\"data:,\"",
                    "\"\"",
                    "\"https://a\"",
                    "\"\\ud800\"",
                    "\"\\u0000\"",
                    "null",
                    "true",
                    "false",
                    "0",
                    "-1.5e300",
                    "1",
                    "99999999999999999999",
                    "{}",
                    "[]",
                    "[ ]",
                    "{ }",
                    "\"reasoning.text\"",
                    "\"web_search\"",
                    "\"json_schema\"",
                    "\"12h\"");

    @Property(tries = 5_000)
    void any_body_is_read_or_refused(@ForAll long seed) {
        Slice body = Slice.of(new Body(new Random(seed)).top());

        try {
            ChatRequest request = ChatRequests.read(body, new Notes(false));
            assertThat(request.toString()).startsWith("ChatRequest[");
        } catch (Refusal refusal) {
            assertThat(refusal.error().param()).isNotEmpty();
            assertThat(refusal.error().param().chars()).allMatch(c -> c >= ' ' && c < 127);
        }
    }

    @Property(tries = 500)
    void every_unheard_of_member_travels_on(@ForAll long seed) {
        Random random = new Random(seed);
        String value = new Body(random).value(3);
        String name = "z" + random.nextInt(1_000);
        Slice body =
                Slice.of(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\""
                                + name
                                + "\":"
                                + value
                                + "}");

        ChatRequest request = ChatRequests.read(body, new Notes(false));

        assertThat(request.extras())
                .isEqualTo(
                        value.equals("null")
                                ? List.of()
                                : List.of(new Extra(name, Slice.of(value))));
    }

    /// A body whose names and words are those of the format, in places that are often right.
    private record Body(Random random) {
        String top() {
            StringBuilder out = new StringBuilder("{\"messages\":").append(messages());
            for (int i = random.nextInt(4); i > 0; i--) {
                String name = pick(TOP);
                out.append(",\"").append(name).append("\":");
                out.append(
                        random.nextInt(4) > 0 && name.equals("messages") ? messages() : value(5));
            }
            return out.append('}').toString();
        }

        private String messages() {
            StringBuilder out = new StringBuilder("[");
            for (int i = random.nextInt(4); i >= 0; i--) {
                String role = List.of("user", "assistant", "tool", "system").get(random.nextInt(4));
                out.append("{\"role\":\"").append(role).append("\",\"tool_call_id\":\"c\"");
                for (int j = random.nextInt(3); j > 0; j--) {
                    out.append(",\"").append(pick(INNER)).append("\":").append(value(5));
                }
                out.append(i == 0 ? "}" : "},");
            }
            return out.append(']').toString();
        }

        String value(int depth) {
            int kind = depth == 0 ? 0 : random.nextInt(4);
            if (kind < 2) {
                return pick(WORDS);
            }
            StringBuilder out = new StringBuilder(kind == 2 ? "{" : "[");
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                out.append(i == 0 ? "" : ",");
                if (kind == 2) {
                    out.append('"').append(pick(INNER)).append("\":");
                }
                out.append(value(depth - 1));
            }
            return out.append(kind == 2 ? "}" : "]").toString();
        }

        private String pick(List<String> words) {
            return words.get(random.nextInt(words.size()));
        }
    }
}
