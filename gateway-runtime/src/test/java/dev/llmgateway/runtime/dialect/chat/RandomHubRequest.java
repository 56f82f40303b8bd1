package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Reasoning;
import dev.llmgateway.runtime.model.Sampling;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Requests that hold anything the hub can, sense or not, from a seed.
final class RandomHubRequest {
    private static final String[] TEXTS = {
        "",
        "a",
        "\\n",
        "\\\\",
        "\\\"",
        "日本😀",
        "\\ud83d\\ude00",
        "\\u0000",
        "x-anthropic-billing-header: 1\\nb",
        "Error: x",
        "a, b]}"
    };
    private static final String[] VALUES = {
        "{}",
        "[]",
        "null",
        "true",
        "1",
        "-0.5e3",
        "\"s\\\"\"",
        "{ \"a\" : [ 1 , { } ] }",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"],\"additionalProperties\":false}",
        "{\"query\":\"q\",\"content\":[{\"title\":\"t\",\"url\":\"u\"},\"x\",3],\"tool_use_id\":\"i\"}",
        "{\"id\":\"i\",\"name\":\"n\",\"input\":{\"query\":\"\\u00e9\"},\"city\":\"B\"}",
        "[{\"a\":\"x y\"},[1, 2]]",
        "{\"content\":\"c\",\"tool_name\":\"n\",\"type\":\"continue\"}"
    };
    private static final String[] NAMES = {
        "f",
        "web_search",
        "computer",
        "compaction",
        "container_upload",
        "tool_reference",
        "bash_1",
        "memory_2",
        "thread",
        "seed",
        "logprobs",
        "n",
        "store",
        "metadata",
        "a;b=c\r\n",
        "é",
        "\"\\"
    };

    private static final String[] SOURCES = {
        "Messages", "ChatCompletions", "Completions", "Responses"
    };

    private final Random random;

    RandomHubRequest(long seed) {
        random = new Random(seed);
    }

    Upstream upstream() {
        Upstream.Flags flags =
                new Upstream.Flags(yes(), yes(), yes(), yes(), yes(), yes(), yes(), yes());
        return (yes() ? Upstream.openAi("gpt-5") : Upstream.compatible())
                .with(flags)
                .named(pick("gpt-5", "gpt-4o", "o3", "a\"b\\", "日本"))
                .samples(pick("Full", "Temperature", "None"))
                .instructs(pick("Native", "Developer", "System", "Reminder"));
    }

    ChatRequest request() {
        HubRequest request = HubRequest.from(WireFormat.valueOf(pick(SOURCES)));
        request.system(several(this::text).toArray(new Part.Text[0]));
        for (int turns = random.nextInt(5); turns > 0; turns--) {
            Part[] parts = several(() -> part(0)).toArray(new Part[0]);
            switch (random.nextInt(3)) {
                case 0 -> request.user(parts);
                case 1 -> request.assistant(parts);
                default -> request.midSystem(parts);
            }
        }
        request.tools(several(this::tool).toArray(new Tool[0])).choice(choice());
        request.sampling(sampling()).output(output());
        request.reasoning(thinking(), pick("", "none", "low", "max", "odd;\"\r\n"));
        request.endUser(pick("", "u\"", "{\"session_id\":\"s\"}", "{"));
        request.session(pick("", "k")).tier(pick("", "auto", "gold;", "standard_only"));
        if (yes()) {
            request.stream().oneCallATurn();
        }
        // Names of members are there once, as in a client's body that was read.
        for (String name : NAMES) {
            if (random.nextInt(8) == 0) {
                request.extra(name, pick(VALUES));
            }
        }
        return request.build();
    }

    private Part.Text text() {
        return new Part.Text(slice(TEXTS), mark());
    }

    private Part part(int depth) {
        return switch (random.nextInt(depth > 2 ? 3 : 13)) {
            case 0, 1 -> text();
            case 2 -> new Part.Refusal(slice(TEXTS));
            case 3 -> new Part.Image(media(depth), mark());
            case 4 -> new Part.Document(media(depth), slice(TEXTS), slice(TEXTS), yes(), mark());
            case 5 -> new Part.Audio(Slice.of("QQ=="), pick("wav", "\""));
            case 6 -> new Part.Thinking(slice(TEXTS), slice(TEXTS));
            case 7 -> new Part.RedactedThinking(slice(TEXTS));
            case 8 -> new Part.ToolCall("c1", pick(NAMES), arguments(), mark());
            case 9 -> new Part.ToolResult("c1", several(() -> part(depth + 1)), yes(), mark());
            case 10 ->
                    new Part.SearchResult(
                            slice(TEXTS), slice(TEXTS), several(() -> part(depth + 1)), mark());
            case 11 -> new Part.ServerTool(pick(NAMES), slice(VALUES));
            default -> new Part.Other(pick(NAMES), slice(VALUES));
        };
    }

    private Media media(int depth) {
        return switch (random.nextInt(8)) {
            case 0 -> new Media.Url(slice(TEXTS));
            case 1 -> new Media.FileId(slice(TEXTS));
            case 2 -> new Media.Parts(several(() -> part(depth + 1)));
            case 3, 4 -> new Media.PlainText(slice(TEXTS));
            case 5 -> new Media.Base64(pick("image/png", "a\"b"), Slice.of("QQ=="));
            default -> new Media.Base64("application/pdf", Slice.of("QQ=="));
        };
    }

    private Arguments arguments() {
        return switch (random.nextInt(3)) {
            case 0 -> new Arguments.Value(slice(VALUES));
            case 1 -> new Arguments.Quoted(slice(TEXTS));
            default -> new Arguments.Text(slice(TEXTS));
        };
    }

    private Tool tool() {
        return switch (random.nextInt(4)) {
            case 0 ->
                    new Tool.Function(
                            pick(NAMES),
                            slice(TEXTS),
                            slice(VALUES),
                            yes(),
                            yes() ? slice(VALUES) : Slice.EMPTY,
                            mark());
            case 1 -> new Tool.Custom(pick(NAMES), slice(TEXTS), slice(VALUES));
            case 2 ->
                    new Tool.WebSearch(
                            "web_search", Slice.EMPTY, slice(VALUES), slice(VALUES), Slice.EMPTY);
            default -> new Tool.Typed(pick(NAMES), pick(NAMES), slice(VALUES));
        };
    }

    private ToolChoice choice() {
        return switch (random.nextInt(6)) {
            case 0 -> new ToolChoice.Unsaid();
            case 1 -> new ToolChoice.Auto();
            case 2 -> new ToolChoice.None();
            case 3 -> new ToolChoice.Any();
            case 4 -> new ToolChoice.Named(pick(NAMES));
            default -> new ToolChoice.Allowed(several(() -> pick(NAMES)), yes());
        };
    }

    private Sampling sampling() {
        return new Sampling(
                random.nextInt(10) - 1,
                yes() ? Slice.of("0.5") : Slice.EMPTY,
                yes() ? Slice.of("1E-7") : Slice.EMPTY,
                yes() ? Slice.of("40") : Slice.EMPTY,
                several(() -> slice(TEXTS)));
    }

    private OutputFormat output() {
        return switch (random.nextInt(3)) {
            case 0 -> new OutputFormat.Text();
            case 1 -> new OutputFormat.JsonObject();
            default ->
                    new OutputFormat.JsonSchema(
                            pick("", "\"n"), slice(TEXTS), slice(VALUES), yes());
        };
    }

    private Reasoning.Thinking thinking() {
        return switch (random.nextInt(5)) {
            case 0 -> new Reasoning.Thinking.Unsaid();
            case 1 -> new Reasoning.Thinking.Disabled();
            case 2 -> new Reasoning.Thinking.Enabled(random.nextInt(40_000));
            case 3 -> new Reasoning.Thinking.Adaptive();
            default -> new Reasoning.Thinking.BetweenTools();
        };
    }

    private CacheMark mark() {
        return yes() ? CacheMark.None : yes() ? CacheMark.Usual : CacheMark.Long;
    }

    private <T> List<T> several(Supplier<T> one) {
        List<T> all = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            all.add(one.get());
        }
        return all;
    }

    private Slice slice(String... choices) {
        return Slice.of(pick(choices));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private boolean yes() {
        return random.nextBoolean();
    }
}
