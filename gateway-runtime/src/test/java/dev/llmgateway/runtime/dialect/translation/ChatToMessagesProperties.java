package dev.llmgateway.runtime.dialect.translation;

import static dev.llmgateway.runtime.dialect.translation.Chat.tree;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.runtime.dialect.chat.ChatDocument;
import dev.llmgateway.runtime.dialect.chat.ChatFrames;
import dev.llmgateway.runtime.dialect.messages.MessagesStream;
import dev.llmgateway.runtime.model.ReplyEvent;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ChatToMessagesProperties {
    @Property(tries = 300)
    void any_cuts_and_line_ends_give_the_same_bytes(@ForAll long seed) {
        Random random = new Random(seed);
        RandomChatReply reply = new RandomChatReply(random);
        byte[] stream = reply.stream().getBytes(UTF_8);
        String end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
        byte[] ended = reply.stream().replace("\n", end).getBytes(UTF_8);

        Streams.Reply whole = Chat.streamed(stream);
        Streams.Reply cut = Chat.streamed(ended, cuts(random, ended.length));

        assertThat(whole.failure()).isEmpty();
        assertThat(cut).isEqualTo(whole);
    }

    @Property(tries = 500)
    void streamed_or_whole_for_streaming_or_waiting_clients_the_message_is_one(@ForAll long seed) {
        RandomChatReply reply = new RandomChatReply(new Random(seed));

        JsonNode whole = tree(Chat.whole(reply.document()).text());

        assertThat(MessageFold.of(Chat.streamed(reply.stream()).text())).isEqualTo(whole);
        assertThat(Chat.aggregated(reply.stream())).isEqualTo(whole);
        assertThat(Chat.synthesised(reply.document())).isEqualTo(whole);
        assertThat(whole.get("content")).hasSize(reply.blocks());
    }

    @Property(tries = 1_000)
    void garbage_never_throws_and_gives_whole_frames_or_a_failure(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] stream = spoilt(new RandomChatReply(random).stream().getBytes(UTF_8), random);

        Streams.Reply reply = Chat.streamed(stream, cuts(random, stream.length));

        MessageFold.frames(reply.text());
        assertThat(reply.failure().isPresent()).isNotEqualTo(reply.text().contains("message_stop"));
        List<ReplyEvent> events = Streams.events(new ChatFrames(new Random(1)), stream);
        assertThat(events)
                .filteredOn(e -> e instanceof ReplyEvent.Fail || e instanceof ReplyEvent.Finish)
                .containsExactly(events.getLast());
    }

    @Property(tries = 1_000)
    void a_spoilt_document_gives_json_or_a_failure(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] document = spoilt(new RandomChatReply(random).document().getBytes(UTF_8), random);

        Streams.Reply reply = Chat.whole(document);

        if (reply.failure().isEmpty()) {
            assertThat(tree(reply.text()).get("content").isArray()).isTrue();
        } else {
            assertThat(reply.text()).isEmpty();
        }
        Streams.Reply streamed =
                Streams.convert(
                        new ChatDocument(new Random(1)),
                        new MessagesStream(Chat.CONTEXT),
                        document);
        MessageFold.frames(streamed.text());
    }

    private static byte[] spoilt(byte[] text, Random random) {
        byte[] spoilt = text.clone();
        String noise = "{}[]\":,\\ \nun0d\u0000\u00ff";
        for (int i = random.nextInt(4); i >= 0; i--) {
            spoilt[random.nextInt(spoilt.length)] =
                    (byte) noise.charAt(random.nextInt(noise.length()));
        }
        return spoilt;
    }

    private static int[] cuts(Random random, int length) {
        return random.ints(random.nextInt(random.nextBoolean() ? 4 : length), 0, length)
                .sorted()
                .toArray();
    }
}
