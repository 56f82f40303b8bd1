package dev.llmgateway.runtime.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.WireFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SseTapProperties {
    private static final String[] ENDS = {"\n", "\r\n", "\r"};

    @Property(tries = 500)
    void any_cuts_pass_the_same_bytes_and_tell_the_same(
            @ForAll WireFormat format, @ForAll long seed) {
        Random random = new Random(seed);
        String stream = ended(Streams.of(format), random);
        ReplyTap tap = new ReplyTaps().take(format, true, null, null);

        String passed = Streams.pass(tap, stream, cuts(random, stream.length()));
        tap.release();
        assertThat(Streams.bytesInUse()).isZero();

        // A line feed behind a final carriage return may come too late to be passed on.
        assertThat(passed.stripTrailing()).isEqualTo(stream.stripTrailing());
        assertThat(passed.length()).isGreaterThanOrEqualTo(stream.length() - 1);
        assertTold(tap, format);
    }

    @Property(tries = 500)
    void with_another_name_only_the_model_differs(@ForAll WireFormat format, @ForAll long seed) {
        Random random = new Random(seed);
        String stream = ended(Streams.of(format), random);
        ReplyTap tap = new ReplyTaps().take(format, true, "mine \"quoted\"", null);

        String passed = Streams.pass(tap, stream, cuts(random, stream.length()));
        tap.release();
        assertThat(Streams.bytesInUse()).isZero();

        String expected =
                stream.replace("\"model\":\"claude-up\"", "\"model\":\"mine \\\"quoted\\\"\"")
                        .replace("\"model\":\"gpt-up\"", "\"model\":\"mine \\\"quoted\\\"\"");
        assertThat(passed.stripTrailing()).isEqualTo(expected.stripTrailing());
        assertThat(expected).isNotEqualTo(stream);
        assertTold(tap, format);
    }

    private static void assertTold(ReplyTap tap, WireFormat format) {
        assertThat(tap.ended()).isTrue();
        assertThat(tap.usage()).isEqualTo(Streams.usageOf(format));
        assertThat(tap.sawContent()).isTrue();
        assertThat(tap.sawError()).isFalse();
        assertThat(tap.broken()).isFalse();
    }

    private static String ended(String stream, Random random) {
        return (random.nextBoolean() ? "\ufeff" : "")
                + stream.replace("\n", ENDS[random.nextInt(ENDS.length)]);
    }

    private static int[] cuts(Random random, int length) {
        return random.ints(random.nextInt(random.nextBoolean() ? 4 : length), 0, length)
                .sorted()
                .toArray();
    }
}
