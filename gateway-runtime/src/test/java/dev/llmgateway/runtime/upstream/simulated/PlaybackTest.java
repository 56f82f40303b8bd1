package dev.llmgateway.runtime.upstream.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.WireFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaybackTest {
    private static final String BODY = "{\"messages\":[],\"input\":\"x\",\"prompt\":\"x\"}";

    @Test
    void a_client_that_is_behind_gets_nothing_until_it_resumes() {
        try (Recorder reply = new Recorder().taking(3)) {
            reply.start(WireFormat.Messages, "simulated-long-100", true, BODY).awaitBehind();
            reply.onLoop(() -> assertThat(reply.pieces).hasSize(3));
            // Resuming twice must not play twice.
            reply.onLoop(reply.call()::resume);
            reply.onLoop(reply.call()::resume);

            assertThat(reply.ended()).isEqualTo("end");
            assertThat(reply.events().getLast().path("type").asText()).isEqualTo("message_stop");
            assertThat(reply.pieces).hasSize(105);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulated-long-100", "simulated-slow-1"})
    void nothing_comes_after_a_cancel(String model) {
        try (Recorder reply = new Recorder().cancellingAfter(4)) {
            reply.start(WireFormat.ChatCompletions, model, true, BODY).awaitBehind();
            reply.onLoop(reply.call()::resume);
            reply.onLoop(reply.call()::cancel);
            reply.onLoop(() -> assertThat(reply.pieces).hasSize(4));

            assertThat(reply.outcome).isNotDone();
        }
    }

    @Test
    void a_call_cancelled_at_once_says_nothing() {
        try (Recorder reply = new Recorder()) {
            reply.onLoop(() -> {
                reply.start(WireFormat.Messages, "simulated-x", true, BODY);
                reply.loop.execute(() -> reply.call().cancel());
            });
            reply.call();
            reply.onLoop(() -> {});
            reply.onLoop(() -> assertThat(reply.pieces).isEmpty());

            assertThat(reply.outcome).isNotDone();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WireFormat.class,
            names = {"Messages", "ChatCompletions", "Responses"})
    void a_cut_stream_breaks_off_in_mid_text(WireFormat format) {
        try (Recorder reply = Recorder.play(format, "simulated-cut", true, BODY)) {
            assertThat(reply.ended()).isEqualTo("Truncated");
            assertThat(reply.status).isEqualTo(200);
            assertThat(reply.text())
                    .contains("Hello")
                    .doesNotContain("Everything works", "[DONE]", "message_stop", "completed");
        }
    }

    @Test
    void a_cut_reply_is_shorter_than_it_declared() {
        try (Recorder reply = Recorder.play(WireFormat.Messages, "simulated-cut", false, BODY)) {
            assertThat(reply.ended()).isEqualTo("Truncated");
            assertThat(reply.contentLength).isGreaterThan(reply.text().length());
        }
    }

    @Test
    void a_hanging_call_ends_with_its_own_time_limit() {
        try (Recorder reply = Recorder.play(WireFormat.Messages, "simulated-hang", true, BODY)) {
            assertThat(reply.ended()).isEqualTo("Timeout");
            assertThat(reply.status).isZero();
            assertThat(reply.pieces).isEmpty();
        }
    }

    @Test
    void a_slow_reply_takes_its_time_and_loses_nothing() {
        long before = System.nanoTime();
        try (Recorder slow = Recorder.play(WireFormat.Messages, "simulated-slow-5", true, BODY)) {
            assertThat(slow.ended()).isEqualTo("end");
            long millis = (System.nanoTime() - before) / 1_000_000;

            assertThat(millis).isGreaterThanOrEqualTo(300);
            assertThat(slow.events().getLast().path("type").asText()).isEqualTo("message_stop");
        }
    }
}
