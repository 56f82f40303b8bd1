package dev.llmgateway.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.crds.plan.WireFormat;

/// A stream of one format as its vendor sends it: text, a token an event.
final class VendorStream {
    /// Events of text in a stream.
    static final int EVENTS = 200;

    private static final String CHUNK =
            "data: {\"id\":\"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG\",\"object\":\"chat.completion.chunk\","
                    + "\"created\":1741570283,\"model\":\"gpt-4o-2024-08-06\",\"service_tier\":\"default\","
                    + "\"system_fingerprint\":\"fp_fc9f1d7035\",\"choices\":[";

    private static final String RESPONSE =
            "\"response\":{\"id\":\"resp_67ccd2bed1ec8190b14f964abc054267\",\"object\":\"response\","
                    + "\"created_at\":1741570283,\"model\":\"gpt-4o-2024-08-06\",\"error\":null,";
    private static final String ITEM = "\"id\":\"msg_67ccd2bf17f0819081ff3bb2cf6508e6\"";
    private static final String PLACE =
            "\"item_id\":\"msg_67ccd2bf17f0819081ff3bb2cf6508e6\",\"output_index\":0,\"content_index\":0,";

    private VendorStream() {}

    static byte[] of(WireFormat format) {
        StringBuilder out = new StringBuilder(start(format));
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            String text = " token " + i;
            out.append(event(format, text, i));
            said.append(text);
        }
        return out.append(end(format, said.toString())).toString().getBytes(UTF_8);
    }

    private static IllegalArgumentException unknown(WireFormat format) {
        return new IllegalArgumentException(format + " is not measured");
    }

    private static String start(WireFormat format) {
        return switch (format) {
            case ChatCompletions ->
                    CHUNK
                            + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n";
            case Messages ->
                    named(
                                    "message_start",
                                    "\"message\":{\"id\":\"msg_01XFDUDYJgAACzvnptvVoYEL\",\"type\":\"message\",\"role\":\"assistant\","
                                            + "\"content\":[],\"model\":\"claude-sonnet-4-5\",\"stop_reason\":null,"
                                            + "\"usage\":{\"input_tokens\":25,\"output_tokens\":1}}")
                            + named(
                                    "content_block_start",
                                    "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
            case Responses ->
                    named("response.created", RESPONSE + "\"output\":[]},\"sequence_number\":0")
                            + named(
                                    "response.output_item.added",
                                    "\"output_index\":0,\"item\":{"
                                            + ITEM
                                            + ",\"type\":\"message\",\"role\":\"assistant\",\"content\":[]},\"sequence_number\":1")
                            + named(
                                    "response.content_part.added",
                                    PLACE
                                            + "\"part\":{\"type\":\"output_text\",\"text\":\"\"},\"sequence_number\":2");
            case Completions, Embeddings, CountTokens, Models -> throw unknown(format);
        };
    }

    private static String event(WireFormat format, String text, int number) {
        return switch (format) {
            case ChatCompletions ->
                    CHUNK
                            + "{\"index\":0,\"delta\":{\"content\":\""
                            + text
                            + "\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n";
            case Messages ->
                    named(
                            "content_block_delta",
                            "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
                                    + text
                                    + "\"}");
            case Responses ->
                    named(
                            "response.output_text.delta",
                            PLACE
                                    + "\"delta\":\""
                                    + text
                                    + "\",\"logprobs\":[],\"obfuscation\":\"wAk2mZ\",\"sequence_number\":"
                                    + (3 + number));
            case Completions, Embeddings, CountTokens, Models -> throw unknown(format);
        };
    }

    private static String end(WireFormat format, String said) {
        return switch (format) {
            case ChatCompletions ->
                    CHUNK
                            + "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":25,"
                            + "\"completion_tokens\":200,\"total_tokens\":225}}\n\ndata: [DONE]\n\n";
            case Messages ->
                    named("content_block_stop", "\"index\":0")
                            + named(
                                    "message_delta",
                                    "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                                            + "\"usage\":{\"output_tokens\":200}")
                            + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
            case Responses -> responseEnd(said);
            case Completions, Embeddings, CountTokens, Models -> throw unknown(format);
        };
    }

    /// The last events repeat the whole text, as OpenAI's do.
    private static String responseEnd(String said) {
        String item =
                "{"
                        + ITEM
                        + ",\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\""
                        + said
                        + "\"}]}";
        return named(
                        "response.output_text.done",
                        PLACE + "\"text\":\"" + said + "\",\"sequence_number\":300")
                + named(
                        "response.output_item.done",
                        "\"output_index\":0,\"item\":" + item + ",\"sequence_number\":301")
                + named(
                        "response.completed",
                        RESPONSE
                                + "\"status\":\"completed\",\"output\":["
                                + item
                                + "],\"usage\":{\"input_tokens\":25,\"output_tokens\":200,\"total_tokens\":225}},"
                                + "\"sequence_number\":302");
    }

    private static String named(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }
}
