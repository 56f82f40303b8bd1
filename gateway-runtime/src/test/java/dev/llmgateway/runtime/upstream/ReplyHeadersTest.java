package dev.llmgateway.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.transport.HeaderLines;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReplyHeadersTest {
    @Test
    void only_the_allow_list_reaches_the_client() {
        ScriptedHead head =
                ScriptedHead.of(
                        "Set-Cookie: s=1",
                        "Server: upstream",
                        "Alt-Svc: h3",
                        "Strict-Transport-Security: max-age=1",
                        "Content-Type: application/json",
                        "Content-Type: text/html",
                        "Retry-After: 3",
                        "Retry-After-Ms: 2500",
                        "X-Should-Retry: false",
                        "Request-Id: req_theirs",
                        "Anthropic-Ratelimit-Requests-Remaining: 1",
                        "X-Ratelimit-Remaining-Tokens: 5",
                        "OpenAI-Organization: org-secret",
                        "Content-Encoding: gzip");
        HeaderLines lines = new HeaderLines();

        ReplyHeaders.copy(head, lines);

        assertThat(lines.toString())
                .isEqualTo(
                        """
                        content-type: application/json\r
                        retry-after: 3\r
                        retry-after-ms: 2500\r
                        x-should-retry: false\r
                        """);
    }

    @Test
    void a_value_that_could_end_a_line_is_left_out() {
        HeaderLines lines = new HeaderLines();

        ReplyHeaders.copy(ScriptedHead.of("content-type: a\r\nset-cookie: b"), lines);

        assertThat(lines.toString()).isEmpty();
    }

    @Test
    void a_compressed_body_is_noticed() {
        assertThat(ReplyHeaders.encoded(ScriptedHead.of("Content-Encoding: gzip"))).isTrue();
        assertThat(ReplyHeaders.encoded(ScriptedHead.of("Content-Encoding: identity"))).isFalse();
        assertThat(ReplyHeaders.encoded(ScriptedHead.of())).isFalse();
    }

    @Test
    void every_retry_after_line_is_read() {
        ScriptedHead head = ScriptedHead.of("Retry-After: 2", "retry-after: 4");

        assertThat(ReplyHeaders.retryAfter(head, 0, 60_000)).isEqualTo(OptionalLong.of(4_000));
    }
}
