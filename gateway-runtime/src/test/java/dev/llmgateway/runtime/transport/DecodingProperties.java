package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Both decoders at every cut, in every room, and over bodies that are not what they say.
class DecodingProperties {
    @Property(tries = 60)
    void whatever_is_coded_comes_out_again(
            @ForAll Coded.How how,
            @ForAll long seed,
            @ForAll @IntRange(max = 100_000) int length,
            @ForAll @Size(max = 5) List<@IntRange(max = 100_000) Integer> cuts,
            @ForAll @IntRange(min = 300, max = 70_000) int room,
            @ForAll boolean direct) {
        byte[] plain = text(seed, length);

        byte[] decoded = decode(how, how.code(plain), cuts, room, direct);

        assertThat(decoded).isEqualTo(plain);
    }

    @Property(tries = 20)
    void a_small_body_may_be_cut_anywhere(
            @ForAll Coded.How how, @ForAll long seed, @ForAll @IntRange(max = 60) int length) {
        byte[] plain = text(seed, length);
        byte[] coded = how.code(plain);

        for (int cut = 0; cut <= coded.length; cut++) {
            assertThat(decode(how, coded, List.of(cut), 7, true)).isEqualTo(plain);
        }
    }

    @Property(tries = 150)
    void a_changed_byte_is_noticed_or_changes_nothing(
            @ForAll Coded.How how,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 2_000) int length,
            @ForAll @IntRange(max = 1_000_000) int at,
            @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] plain = text(seed, length);
        byte[] coded = how.code(plain);
        coded[at % coded.length] ^= (byte) change;

        byte[] decoded;
        try {
            decoded = decode(how, coded, List.of(), 64 << 10, true);
        } catch (CorruptBody _) {
            return;
        }

        // A gzip head says things that change nothing; without a checksum zstd cannot know.
        assertThat(how == Coded.How.ZstdWhole || Arrays.equals(decoded, plain)).isTrue();
    }

    @Property(tries = 60)
    void noise_is_never_a_body(
            @ForAll Coded.How how, @ForAll @Size(min = 1, max = 400) byte[] noise) {
        assertThatThrownBy(() -> decode(how, noise, List.of(), 64 << 10, true))
                .isInstanceOf(CorruptBody.class);
    }

    @Property(tries = 40)
    void a_gzip_head_may_hold_everything_it_can(
            @ForAll boolean extra,
            @ForAll boolean name,
            @ForAll boolean comment,
            @ForAll boolean checked,
            @ForAll @IntRange(max = 40) int cut) {
        byte[] plain = text(cut, 100);
        byte[] coded = withHead(Coded.gzip(plain), extra, name, comment, checked, 0);

        byte[] decoded = decode(Coded.How.Gzip, coded, List.of(cut), 64, true);

        assertThat(decoded).isEqualTo(plain);
        assertThatThrownBy(() ->
                        decode(
                                Coded.How.Gzip,
                                withHead(coded, false, false, false, true, 1),
                                List.of(cut),
                                64,
                                true))
                .isInstanceOf(CorruptBody.class);
    }

    /// The same member under another head.
    ///
    /// @param wrong added to the head's checksum
    private static byte[] withHead(
            byte[] gzip, boolean extra, boolean name, boolean comment, boolean crc, int wrong) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int flags = (extra ? 4 : 0) | (name ? 8 : 0) | (comment ? 16 : 0) | (crc ? 2 : 0);
        head.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 1, 2, 3, 4, 0, 3});
        if (extra) {
            head.writeBytes(new byte[] {3, 0, 'a', 0, 'b'});
        }
        if (name) {
            head.writeBytes(new byte[] {'n', 0});
        }
        if (comment) {
            head.writeBytes(new byte[] {0});
        }
        if (crc) {
            CRC32 sum = new CRC32();
            sum.update(head.toByteArray());
            int value = (int) sum.getValue() + wrong;
            head.write(value);
            head.write(value >> 8);
        }
        head.writeBytes(Arrays.copyOfRange(gzip, 10, gzip.length));
        return head.toByteArray();
    }

    /// Text of few words, so that it compresses, with some noise between.
    private static byte[] text(long seed, int length) {
        Random random = new Random(seed);
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) (random.nextInt(20) == 0 ? random.nextInt(256) : 'a' + i % 7);
        }
        return text;
    }

    private static byte[] decode(
            Coded.How how, byte[] coded, List<Integer> cuts, int room, boolean direct) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        int[] ends = cuts.stream().mapToInt(cut -> Math.min(cut, coded.length)).sorted().toArray();
        try (Decoding decoding =
                how == Coded.How.Gzip ? Decoding.gzip() : Decoding.zstd(ByteBufAllocator.DEFAULT)) {
            int from = 0;
            for (int end : ends) {
                feed(decoding, Arrays.copyOfRange(coded, from, end), room, direct, decoded);
                from = end;
            }
            feed(decoding, Arrays.copyOfRange(coded, from, coded.length), room, direct, decoded);
            if (!decoding.ended()) {
                throw new CorruptBody("truncated");
            }
        }
        return decoded.toByteArray();
    }

    private static void feed(
            Decoding decoding, byte[] piece, int room, boolean direct, ByteArrayOutputStream out) {
        ByteBuf in =
                direct
                        ? Unpooled.directBuffer(piece.length).writeBytes(piece)
                        : Unpooled.wrappedBuffer(piece);
        ByteBuf target = Unpooled.directBuffer(room, room);
        try {
            boolean starved = false;
            while (!decoding.ended() && !starved) {
                decoding.decode(in, target);
                starved = !in.isReadable() && target.isWritable();
                byte[] bytes = new byte[target.readableBytes()];
                target.readBytes(bytes).clear();
                out.writeBytes(bytes);
            }
            if (in.isReadable()) {
                throw new CorruptBody("behind");
            }
        } finally {
            in.release();
            target.release();
        }
    }
}
