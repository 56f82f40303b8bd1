package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A vendor's event stream for tests.
///
/// @param events in order, each with its blank line; the last one is the format's end
record VendorStream(WireFormat format, List<String> events) {
    static final int INPUT_TOKENS = 11;
    static final int OUTPUT_TOKENS = 5;

    static VendorStream of(WireFormat format, String model, String... deltas) {
        return new VendorStream(
                format,
                switch (format) {
                    case Messages -> messages(model, deltas);
                    case Responses -> responses(model, deltas);
                    case ChatCompletions, Completions, Embeddings, CountTokens, Models ->
                            chat(model, deltas);
                });
    }

    String path() {
        return switch (format) {
            case Messages -> "/v1/messages";
            case Responses -> "/v1/responses";
            case ChatCompletions, Completions, Embeddings, CountTokens, Models ->
                    "/v1/chat/completions";
        };
    }

    /// A request that asks for such a stream.
    static String request(String model) {
        return "{\"model\":\"" + model + "\",\"stream\":true,\"max_tokens\":9}";
    }

    /// What only a success ends with.
    String end() {
        return switch (format) {
            case Messages -> "message_stop";
            case Responses -> "response.completed";
            case ChatCompletions, Completions, Embeddings, CountTokens, Models ->
                    "\"finish_reason\":\"stop\"";
        };
    }

    String text() {
        return String.join("", events);
    }

    /// Head and events up to one that is left out with what follows; no end of the chunks.
    Script until(int event) {
        return Script.events(events.subList(0, event).toArray(String[]::new));
    }

    Script whole() {
        return until(events.size()).endOfChunks();
    }

    /// Any text as an event stream whose chunks care for no event's bounds.
    static Script chunked(String stream, Random random) {
        String bytes =
                new String(stream.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        List<Step> steps = new ArrayList<>();
        Step head = Script.events().steps().getFirst();
        steps.add(head);
        int from = 0;
        while (from < bytes.length()) {
            int end = Math.min(bytes.length(), from + 1 + random.nextInt(400));
            steps.add(
                    new Step.Write(
                            Integer.toHexString(end - from)
                                    + "\r\n"
                                    + bytes.substring(from, end)
                                    + "\r\n"));
            from = end;
        }
        steps.add(Step.write("0\r\n\r\n"));
        Script script = new Script(steps);
        return random.nextBoolean()
                ? script
                : script.cutEvery(60 + random.nextInt(200), Duration.ofMillis(1));
    }

    private static List<String> messages(String model, String... deltas) {
        List<String> events = new ArrayList<>();
        events.add(
                named(
                        "message_start",
                        ",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\""
                                + model
                                + "\",\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":"
                                + INPUT_TOKENS
                                + ",\"output_tokens\":1}}"));
        events.add(
                named(
                        "content_block_start",
                        ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"));
        for (String delta : deltas) {
            events.add(
                    named(
                            "content_block_delta",
                            ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
                                    + delta
                                    + "\"}"));
        }
        events.add(named("content_block_stop", ",\"index\":0"));
        events.add(
                named(
                        "message_delta",
                        ",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":"
                                + OUTPUT_TOKENS
                                + "}"));
        events.add(named("message_stop", ""));
        return events;
    }

    private static List<String> responses(String model, String... deltas) {
        List<String> events = new ArrayList<>();
        events.add(named("response.created", response(model, "in_progress", "null")));
        for (String delta : deltas) {
            events.add(named("response.output_text.delta", ",\"delta\":\"" + delta + "\""));
        }
        events.add(
                named(
                        "response.completed",
                        response(
                                model,
                                "completed",
                                "{\"input_tokens\":"
                                        + INPUT_TOKENS
                                        + ",\"output_tokens\":"
                                        + OUTPUT_TOKENS
                                        + "}")));
        return events;
    }

    private static String response(String model, String status, String usage) {
        return ",\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"model\":\""
                + model
                + "\",\"status\":\""
                + status
                + "\",\"error\":null,\"usage\":"
                + usage
                + "}";
    }

    private static String named(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + members + "}\n\n";
    }

    private static List<String> chat(String model, String... deltas) {
        List<String> events = new ArrayList<>();
        for (String delta : deltas) {
            events.add(chunk(model, "{\"content\":\"" + delta + "\"}", "null"));
        }
        events.add(chunk(model, "{}", "\"stop\""));
        events.add(
                "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\""
                        + model
                        + "\",\"choices\":[],\"usage\":{\"prompt_tokens\":"
                        + INPUT_TOKENS
                        + ",\"completion_tokens\":"
                        + OUTPUT_TOKENS
                        + "}}\n\n");
        events.add("data: [DONE]\n\n");
        return events;
    }

    private static String chunk(String model, String delta, String finish) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\""
                + model
                + "\",\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":"
                + finish
                + "}]}\n\n";
    }
}
