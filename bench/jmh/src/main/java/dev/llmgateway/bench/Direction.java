package dev.llmgateway.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.crds.plan.WireFormat;

/// An upstream's format, a client's, and a stream of the first: text, a token an event.
public enum Direction {
    ChatToMessages(WireFormat.ChatCompletions, WireFormat.Messages),
    MessagesToChat(WireFormat.Messages, WireFormat.ChatCompletions);

    /// Events of text in a stream.
    static final int EVENTS = 200;

    private static final String CHUNK =
            "data: {\"id\":\"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG\",\"object\":\"chat.completion.chunk\","
                    + "\"created\":1741570283,\"model\":\"gpt-4o-2024-08-06\",\"service_tier\":\"default\","
                    + "\"system_fingerprint\":\"fp_fc9f1d7035\",\"choices\":[";

    final WireFormat upstream;
    final WireFormat client;

    Direction(WireFormat upstream, WireFormat client) {
        this.upstream = upstream;
        this.client = client;
    }

    byte[] stream() {
        StringBuilder out = new StringBuilder(start());
        for (int i = 0; i < EVENTS; i++) {
            out.append(event(" token " + i));
        }
        return out.append(end()).toString().getBytes(UTF_8);
    }

    private String start() {
        return this == ChatToMessages
                ? CHUNK
                        + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n"
                : "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_01XFDUDYJgAACzvnptvVoYEL\","
                        + "\"type\":\"message\",\"role\":\"assistant\",\"content\":[],\"model\":\"claude-sonnet-4-5\",\"stop_reason\":null,"
                        + "\"usage\":{\"input_tokens\":25,\"output_tokens\":1}}}\n\nevent: content_block_start\ndata: {"
                        + "\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n";
    }

    private String event(String text) {
        return this == ChatToMessages
                ? CHUNK
                        + "{\"index\":0,\"delta\":{\"content\":\""
                        + text
                        + "\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n"
                : "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{"
                        + "\"type\":\"text_delta\",\"text\":\""
                        + text
                        + "\"}}\n\n";
    }

    private String end() {
        return this == ChatToMessages
                ? CHUNK
                        + "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":25,"
                        + "\"completion_tokens\":200,\"total_tokens\":225}}\n\ndata: [DONE]\n\n"
                : "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\nevent: message_delta\n"
                        + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                        + "\"usage\":{\"output_tokens\":200}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    }
}
