package dev.llmgateway.runtime.dialect.translation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.runtime.dialect.chat.ChatDocument;
import dev.llmgateway.runtime.dialect.chat.ChatFrames;
import dev.llmgateway.runtime.dialect.messages.MessagesReply;
import dev.llmgateway.runtime.dialect.messages.MessagesStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;

/// Replies of Chat upstreams, and what clients of Messages make of them.
final class Chat {
    static final ReplyContext CONTEXT = new ReplyContext("", 1, true, 11, false, true);

    private static final ObjectMapper JSON = new ObjectMapper();

    private Chat() {}

    /// A stream of chunks with these choices' insides, then `[DONE]`.
    static String stream(String... choices) {
        StringBuilder stream = new StringBuilder();
        for (String choice : choices) {
            stream.append(chunk("\"choices\":[{\"index\":0," + choice + "}],\"usage\":null"));
        }
        return stream + "data: [DONE]\n\n";
    }

    /// @param members behind the id and the model
    static String chunk(String members) {
        return "data: {\"id\":\"chatcmpl-a1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                + "\"model\":\"gpt-x\","
                + members
                + "}\n\n";
    }

    static String delta(String members) {
        return "\"delta\":{" + members + "},\"finish_reason\":null";
    }

    static String call(String element) {
        return delta("\"tool_calls\":[" + element + "]");
    }

    static String finish(String reason) {
        return "\"delta\":{},\"finish_reason\":\"" + reason + "\"";
    }

    static String document(String message, String reason, String usage) {
        return "{\"id\":\"chatcmpl-a1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-x\","
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + message
                + "},\"logprobs\":null,\"finish_reason\":\""
                + reason
                + "\"}],\"usage\":"
                + usage
                + "}";
    }

    static Streams.Reply streamed(String stream, int... cuts) {
        return streamed(stream.getBytes(UTF_8), cuts);
    }

    static Streams.Reply streamed(byte[] stream, int... cuts) {
        return Streams.convert(
                new ChatFrames(new Random(1)), new MessagesStream(CONTEXT), stream, cuts);
    }

    /// The Message a client reads of a stream.
    static JsonNode message(String stream, int... cuts) {
        Streams.Reply reply = streamed(stream, cuts);
        if (reply.failure().isPresent()) {
            throw new AssertionError("failed: " + reply.failure().get());
        }
        return MessageFold.of(reply.text());
    }

    /// A stream for a client that wants one document.
    static JsonNode aggregated(String stream) {
        Streams.Reply reply =
                Streams.convert(new ChatFrames(new Random(1)), new MessagesReply(CONTEXT), stream);
        return tree(reply.text());
    }

    static Streams.Reply whole(String document) {
        return whole(document.getBytes(UTF_8));
    }

    static Streams.Reply whole(byte[] document) {
        return Streams.convert(
                new ChatDocument(new Random(1)), new MessagesReply(CONTEXT), document);
    }

    /// A document for a client that wants a stream.
    static JsonNode synthesised(String document) {
        Streams.Reply reply =
                Streams.convert(
                        new ChatDocument(new Random(1)), new MessagesStream(CONTEXT), document);
        return MessageFold.of(reply.text());
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
