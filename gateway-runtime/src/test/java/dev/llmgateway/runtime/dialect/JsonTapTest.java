package dev.llmgateway.runtime.dialect;

import static dev.llmgateway.crds.plan.WireFormat.ChatCompletions;
import static dev.llmgateway.crds.plan.WireFormat.CountTokens;
import static dev.llmgateway.crds.plan.WireFormat.Embeddings;
import static dev.llmgateway.crds.plan.WireFormat.Messages;
import static dev.llmgateway.crds.plan.WireFormat.Responses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTapTest {
    private static final String MESSAGE =
            "{\"id\":\"msg_1\",\"model\":\"claude-up\",\"content\":[{\"text\":\"日本\",\"model\":\"x\",\"usage\":{}}],"
                    + "\"usage\":{\"input_tokens\":9,\"cache_read_input_tokens\":4,\"output_tokens\":7},\"error\":null}\n";

    @Test
    void any_cut_passes_the_same_bytes_and_reads_the_same_usage() {
        for (int cut = 0; cut < MESSAGE.getBytes(UTF_8).length; cut++) {
            ReplyTap tap = new ReplyTaps().take(Messages, false, null, null);

            assertThat(Streams.pass(tap, MESSAGE, cut)).isEqualTo(MESSAGE);
            assertEnded(tap);
        }
    }

    @Test
    void with_another_name_only_the_model_differs_whatever_the_cut() {
        String expected = MESSAGE.replace("claude-up", "mine");
        int length = MESSAGE.getBytes(UTF_8).length;
        for (int cut = 0; cut < length; cut++) {
            ReplyTap tap = new ReplyTaps().take(Messages, false, "mine", null);

            assertThat(Streams.pass(tap, MESSAGE, cut)).as("cut at " + cut).isEqualTo(expected);
            assertEnded(tap);
        }
        ReplyTap bytewise = new ReplyTaps().take(Messages, false, "mine", null);
        int[] everywhere = new Random(1).ints(3L * length, 0, length).sorted().toArray();
        assertThat(Streams.pass(bytewise, MESSAGE, everywhere)).isEqualTo(expected);
        assertEnded(bytewise);
    }

    @Test
    void every_duplicate_and_an_escaped_name_are_replaced() {
        ReplyTap tap = new ReplyTaps().take(ChatCompletions, false, "a\"b", null);

        assertThat(Streams.pass(tap, "{\"model\":\"x\",\"mod\\u0065l\":\"\",\"model\":null}"))
                .isEqualTo("{\"model\":\"a\\\"b\",\"mod\\u0065l\":\"a\\\"b\",\"model\":null}");
    }

    @Test
    void bytes_pass_at_once_and_uncopied() {
        ReplyTap tap = new ReplyTaps().take(ChatCompletions, false, "mine", null);
        ByteBuf payload = Unpooled.copiedBuffer("{\"choices\":[{\"te", UTF_8);

        ByteBuf passed = tap.pass(payload);

        assertThat(passed).isSameAs(payload);
        assertThat(tap.sawContent()).isTrue();
        assertThat(tap.ended()).isFalse();
        passed.release();
    }

    @Test
    void openai_usage_is_made_disjoint() {
        ReplyTap chat = new ReplyTaps().take(ChatCompletions, false, null, null);
        Streams.pass(
                chat,
                "{\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":3,\"prompt_tokens_details\":{\"cached_tokens\":4}}}");
        assertThat(chat.usage()).isEqualTo(new Usage(6, 3, 4, 0, 0));

        ReplyTap responses = new ReplyTaps().take(Responses, false, null, null);
        Streams.pass(
                responses,
                "{\"usage\":{\"input_tokens\":10,\"output_tokens\":3,\"output_tokens_details\":{\"reasoning_tokens\":2}}}");
        assertThat(responses.usage()).isEqualTo(new Usage(10, 3, 0, 0, 2));

        ReplyTap embeddings = new ReplyTaps().take(Embeddings, false, null, null);
        Streams.pass(
                embeddings, "{\"data\":[],\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}");
        assertThat(embeddings.usage()).isEqualTo(new Usage(8, 0, 0, 0, 0));
    }

    @Test
    void a_count_is_no_usage() {
        ReplyTap tap = new ReplyTaps().take(CountTokens, false, null, null);

        assertThat(Streams.pass(tap, "{\"input_tokens\":12}")).isEqualTo("{\"input_tokens\":12}");
        assertThat(tap.usage()).isEqualTo(Usage.NONE);
        assertThat(tap.ended()).isTrue();
    }

    @Test
    void nonsense_in_usage_counts_nothing() {
        ReplyTap tap = new ReplyTaps().take(ChatCompletions, false, null, null);

        Streams.pass(
                tap,
                "{\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":99999999999999999999,\"cached_tokens\":\"x\"}}");

        assertThat(tap.usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void a_usage_of_any_size_is_read_where_it_stands() {
        ReplyTap tap = new ReplyTaps().take(ChatCompletions, false, null, null);
        String body =
                "{\"usage\":{\"prompt_tokens\":5,\"x\":\""
                        + "y".repeat(8 << 10)
                        + "\",\"completion_tokens\":7}}";

        assertThat(Streams.pass(tap, body, 20, 5000)).isEqualTo(body);
        assertThat(tap.usage()).isEqualTo(new Usage(5, 7, 0, 0, 0));
        assertThat(tap.ended()).isTrue();
    }

    @Test
    void only_usage_itself_and_its_details_count() {
        ReplyTap tap = new ReplyTaps().take(ChatCompletions, false, null, null);

        Streams.pass(
                tap,
                "{\"choices\":[{\"prompt_tokens\":1}],\"x\":{\"prompt_tokens\":2},\"usage\":"
                        + "{\"prompt_tokens\":[3],\"y\":{\"completion_tokens\":4},\"list\":[{\"prompt_tokens\":5}],"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":6.5,\"z\":{\"cached_tokens\":7}},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":8}},\"prompt_tokens\":9}");

        assertThat(tap.usage()).isEqualTo(new Usage(0, 0, 0, 0, 8));
    }

    @Test
    void a_tap_used_again_remembers_nothing() {
        ReplyTaps taps = new ReplyTaps();
        ReplyTap first = taps.take(ChatCompletions, false, "mine", null);
        Streams.pass(first, "{\"error\":{\"code\":1},\"usage\":{\"prompt_tokens\":5,\"comp");
        taps.give(first);

        ReplyTap second = taps.take(Messages, false, null, null);
        String body = "{\"model\":\"theirs\",\"usage\":{\"output_tokens\":2}}";

        assertThat(second).isSameAs(first);
        assertThat(Streams.pass(second, body)).isEqualTo(body);
        assertThat(second.usage()).isEqualTo(new Usage(0, 2, 0, 0, 0));
        assertThat(second.sawError()).isFalse();
    }

    @Test
    void an_error_member_is_seen() {
        ReplyTap tap = new ReplyTaps().take(Responses, false, null, null);

        Streams.pass(tap, "{\"status\":\"failed\",\"error\":{\"code\":\"x\"}}");

        assertThat(tap.sawError()).isTrue();
    }

    @Test
    void what_is_no_json_passes_and_is_broken() {
        ReplyTap tap = new ReplyTaps().take(ChatCompletions, false, "mine", null);

        assertThat(Streams.pass(tap, "<html>\"model\":\"x\"</html>", 4))
                .isEqualTo("<html>\"model\":\"x\"</html>");
        assertThat(tap.broken()).isTrue();
        assertThat(tap.ended()).isFalse();
    }

    @Test
    void a_cut_document_has_not_ended() {
        ReplyTap tap = new ReplyTaps().take(ChatCompletions, false, null, null);

        Streams.pass(tap, "{\"choices\":[");
        assertThat(Streams.drained(tap.finish())).isEmpty();

        assertThat(tap.ended()).isFalse();
        assertThat(tap.broken()).isTrue();
    }

    private static void assertEnded(ReplyTap tap) {
        assertThat(tap.usage()).isEqualTo(new Usage(9, 7, 4, 0, 0));
        assertThat(tap.ended()).isTrue();
        assertThat(tap.sawError()).isFalse();
        tap.release();
    }
}
