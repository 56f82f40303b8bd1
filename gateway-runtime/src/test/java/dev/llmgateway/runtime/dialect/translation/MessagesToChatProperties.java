package dev.llmgateway.runtime.dialect.translation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.runtime.dialect.chat.ChatReply;
import dev.llmgateway.runtime.dialect.chat.ChatStream;
import dev.llmgateway.runtime.dialect.messages.MessagesDocument;
import dev.llmgateway.runtime.dialect.messages.MessagesFrames;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MessagesToChatProperties {
    private static final ReplyContext CONTEXT = MessagesReplies.context(true);
    private static final String[] ENDS = {
        "end_turn", "tool_use", "max_tokens", "stop_sequence", "refusal", "pause_turn"
    };
    private static final int[] POINTS = {
        'a', ' ', '"', '\\', '\n', '\t', 0x1F, 0xE9, 0x65E5, 0x1F600, '{', '}', ':', '/'
    };

    @Property(tries = 300)
    void a_stream_cut_anywhere_folds_to_what_the_whole_reply_says(@ForAll long seed) {
        Random random = new Random(seed);
        String document = document(random);
        String stream = MessagesReplies.stream(document, 1 + random.nextInt(6));
        int[] cuts =
                random.ints(random.nextInt(40), 0, stream.getBytes(UTF_8).length)
                        .sorted()
                        .toArray();

        Streams.Reply streamed =
                Streams.convert(new MessagesFrames(), new ChatStream(CONTEXT), stream, cuts);
        Streams.Reply whole =
                Streams.convert(new MessagesDocument(), new ChatReply(CONTEXT), document);

        assertThat(streamed.failure()).isEmpty();
        assertThat(whole.failure()).isEmpty();
        assertThat(ChatFold.of(streamed.text())).isEqualTo(MessagesReplies.tree(whole.text()));
    }

    @Property(tries = 1_000)
    void spoilt_streams_end_in_a_failure_or_in_frames_a_client_can_read(@ForAll long seed) {
        Random random = new Random(seed);
        String stream = MessagesReplies.stream(document(random), 1 + random.nextInt(6));
        byte[] spoilt = spoilt(stream.getBytes(UTF_8), random);

        Streams.Reply reply =
                Streams.convert(new MessagesFrames(), new ChatStream(CONTEXT), spoilt);

        if (reply.failure().isEmpty()) {
            assertThat(ChatFold.of(reply.text())).isNotNull();
        } else if (!reply.text().isEmpty()) {
            assertThat(ChatFold.chunks(reply.text() + "data: [DONE]\n\n")).isNotEmpty();
        }
    }

    @Property(tries = 1_000)
    void spoilt_documents_end_in_a_failure_or_in_a_document(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] spoilt = spoilt(document(random).getBytes(UTF_8), random);

        Streams.Reply reply =
                Streams.convert(new MessagesDocument(), new ChatReply(CONTEXT), spoilt);

        if (reply.failure().isPresent()) {
            assertThat(reply.text()).isEmpty();
        } else {
            assertThat(MessagesReplies.tree(reply.text()).get("object").asText())
                    .isEqualTo("chat.completion");
        }
    }

    private static byte[] spoilt(byte[] bytes, Random random) {
        byte[] spoilt = Arrays.copyOf(bytes, bytes.length - random.nextInt(bytes.length / 4));
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(spoilt.length);
            switch (random.nextInt(3)) {
                case 0 -> spoilt[at] = (byte) random.nextInt(256);
                case 1 -> spoilt[at] = (byte) "{}[]\",:\\\n0".charAt(random.nextInt(10));
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = random.nextInt(Math.min(spoilt.length - at, bytes.length - from));
                    System.arraycopy(bytes, from, spoilt, at, length);
                }
            }
        }
        return spoilt;
    }

    private static String document(Random random) {
        ArrayNode content = JsonNodeFactory.instance.arrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            block(content.addObject(), random);
        }
        String end = "\"stop_reason\":\"" + ENDS[random.nextInt(ENDS.length)] + "\"";
        String blocks = content.toString();
        return MessagesReplies.document(
                blocks.substring(1, blocks.length() - 1),
                end
                        + ",\"stop_details\":{\"explanation\":"
                        + JsonNodeFactory.instance.textNode(text(random))
                        + "}");
    }

    private static void block(ObjectNode block, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> block.put("type", "redacted_thinking").put("data", "d" + random.nextInt());
            case 1 ->
                    block.put("type", "thinking")
                            .put("thinking", text(random))
                            .put("signature", "s" + random.nextInt());
            case 2 -> {
                block.put("type", "tool_use").put("id", "t" + random.nextInt()).put("name", "f");
                ObjectNode input = block.putObject("input");
                for (int i = random.nextInt(4); i > 0; i--) {
                    input.put("k" + i, text(random)).putArray("l" + i).add(i).addNull();
                }
            }
            default -> cited(block.put("type", "text").put("text", text(random)), random);
        }
    }

    private static void cited(ObjectNode text, Random random) {
        if (random.nextBoolean()) {
            text.putArray("citations")
                    .addObject()
                    .put("type", "web_search_result_location")
                    .put("url", "https://x.example/?q=" + random.nextInt())
                    .put("title", text(random));
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.appendCodePoint(POINTS[random.nextInt(POINTS.length)]);
        }
        return text.toString();
    }
}
