package dev.llmgateway.runtime.dialect.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.dialect.completions.CompletionsReply;
import dev.llmgateway.runtime.dialect.completions.CompletionsStream;
import dev.llmgateway.runtime.dialect.messages.MessagesDocument;
import dev.llmgateway.runtime.dialect.messages.MessagesFrames;
import org.junit.jupiter.api.Test;

/// What clients of the legacy Completions read of a Messages upstream.
class MessagesToCompletionsTest {
    private static final String DOCUMENT =
            MessagesReplies.document(
                    "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"},"
                            + "{\"type\":\"text\",\"text\":\"a\\\"\\nb\"}",
                    "\"stop_reason\":\"max_tokens\"");
    private static final String USAGE =
            "{\"prompt_tokens\":3509,\"completion_tokens\":7,\"total_tokens\":3516,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":3400,\"cache_write_tokens\":100},"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}";

    @Test
    void a_document_holds_the_text_alone() {
        String out =
                Streams.convert(
                                new MessagesDocument(),
                                new CompletionsReply(MessagesReplies.context(false)),
                                DOCUMENT)
                        .text();

        assertThat(out)
                .isEqualTo(
                        """
                        {"id":"cmpl-a1","object":"text_completion","created":1,"model":"claude-x",\
                        "choices":[{"text":"a\\"\\nb","index":0,"logprobs":null,"finish_reason":"length"}],\
                        "usage":\
                        """
                                + USAGE
                                + "}");
    }

    @Test
    void a_stream_ends_with_a_reason_the_usage_asked_for_and_done() {
        assertThat(stream(true))
                .isEqualTo(
                        """
                        data: {H,"choices":[{"text":"a\\"\\n","index":0,"logprobs":null,"finish_reason":null}],"usage":null}

                        data: {H,"choices":[{"text":"b","index":0,"logprobs":null,"finish_reason":null}],"usage":null}

                        data: {H,"choices":[{"text":"","index":0,"logprobs":null,"finish_reason":"length"}],"usage":null}

                        data: {H,"choices":[],"usage":%USAGE%}

                        data: [DONE]

                        """
                                .replace("%USAGE%", USAGE));
        assertThat(stream(false))
                .endsWith("\"length\"}]}\n\ndata: [DONE]\n\n")
                .doesNotContain("usage");
    }

    private static String stream(boolean includeUsage) {
        return Streams.convert(
                        new MessagesFrames(),
                        new CompletionsStream(MessagesReplies.context(includeUsage)),
                        MessagesReplies.stream(DOCUMENT, 3))
                .text()
                .replace(
                        "\"id\":\"cmpl-a1\",\"object\":\"text_completion\",\"created\":1,"
                                + "\"model\":\"claude-x\"",
                        "H");
    }
}
