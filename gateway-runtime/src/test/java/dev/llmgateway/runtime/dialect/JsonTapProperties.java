package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.RandomJson;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class JsonTapProperties {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    @Property(tries = 1000)
    void any_cuts_pass_the_same_bytes(@ForAll long seed) {
        String body = new RandomJson(seed).body();
        ReplyTap tap = new ReplyTaps().take(WireFormat.ChatCompletions, false, null, null);

        assertThat(Streams.pass(tap, body, cuts(seed, body))).isEqualTo(body);
        assertThat(tap.ended()).isTrue();
        assertThat(Streams.bytesInUse()).isZero();
    }

    @Property(tries = 3000)
    void with_another_name_only_the_top_level_model_differs(@ForAll long seed) throws IOException {
        String body = new RandomJson(seed).body();
        ReplyTap tap =
                new ReplyTaps().take(WireFormat.ChatCompletions, false, "mine \"\u2028", null);

        String passed = Streams.pass(tap, body, cuts(seed, body));

        JsonNode expected = JACKSON.readTree(body);
        if (expected.has("model")) {
            ((ObjectNode) expected).put("model", "mine \"\u2028");
        }
        assertThat(JACKSON.readTree(passed)).isEqualTo(expected);
        assertThat(passed).isEqualTo(Streams.pass(renaming(), body));
        assertThat(tap.ended()).isTrue();
        assertThat(Streams.bytesInUse()).isZero();
    }

    private static ReplyTap renaming() {
        return new ReplyTaps().take(WireFormat.ChatCompletions, false, "mine \"\u2028", null);
    }

    private static int[] cuts(long seed, String body) {
        Random random = new Random(seed);
        int length = body.getBytes(UTF_8).length;
        return random.ints(random.nextInt(random.nextBoolean() ? 4 : length), 0, length)
                .sorted()
                .toArray();
    }
}
