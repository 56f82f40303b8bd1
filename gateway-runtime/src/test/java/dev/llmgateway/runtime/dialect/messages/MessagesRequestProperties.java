package dev.llmgateway.runtime.dialect.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Whatever the hub holds, what is written is JSON that keeps Anthropic's rules, or a refusal.
class MessagesRequestProperties {
    private static final Set<String> KEYWORDS =
            Set.of(
                    "$defs",
                    "$ref",
                    "enum",
                    "const",
                    "anyOf",
                    "allOf",
                    "type",
                    "description",
                    "title",
                    "properties",
                    "required",
                    "additionalProperties",
                    "items",
                    "minItems",
                    "format");
    private static final String[] TEXTS = {
        "",
        " ",
        "\\n",
        "a",
        "日本",
        "\\ud83d\\ude00",
        "\\\"q\\\"",
        "x\\\\",
        "\\ud800",
        "{\\\"a\\\":1}",
        "[1]"
    };
    private static final String[] JSONS = {
        "{}", "null", "7", "-1.5e3", "\"s\\\\\"", "[ ]", "{ \"a\" : [ true ] }", "false"
    };
    private static final String[] SCHEMA_KEYS = {
        "type",
        "properties",
        "items",
        "anyOf",
        "oneOf",
        "allOf",
        "enum",
        "const",
        "format",
        "minItems",
        "minimum",
        "pattern",
        "description",
        "title",
        "required",
        "$ref",
        "$defs",
        "definitions",
        "$schema",
        "additionalProperties",
        "x \\\"y\\\""
    };

    @Property(tries = 500)
    void whatever_the_request_the_body_is_json_without_empty_texts(@ForAll long seed) {
        Random random = new Random(seed);
        HubRequest request = request(random);
        JsonBytes out = new JsonBytes();
        try {
            MessagesRequestWriter.write(
                    request.request(), request.target(), new Notes(random.nextInt(5) == 0), out);
        } catch (Refusal refusal) {
            assertThat(refusal.error().param()).isNotBlank();
            return;
        }

        JsonNode body = HubRequest.parsed(out.slice());

        assertThat(body.path("messages")).isNotEmpty();
        assertThat(body.at("/messages/0/role").asText()).isNotEqualTo("system");
        body.path("messages").forEach(message -> assertThat(message.path("content")).isNotEmpty());
        assertThat(body.findValuesAsText("text")).noneMatch(String::isBlank);
        assertThat(body.findValues("cache_control")).hasSizeLessThanOrEqualTo(CacheMarks.MOST);
    }

    @Property(tries = 500)
    void transformed_schemas_hold_only_what_anthropic_knows(@ForAll long seed) {
        JsonBytes out = new JsonBytes();

        new SchemaTransform().write(Slice.of(schema(new Random(seed), 0)), out);

        check(HubRequest.parsed(out.slice()));
    }

    private static void check(JsonNode schema) {
        assertThat(KEYWORDS)
                .containsAll(schema.properties().stream().map(Map.Entry::getKey).toList());
        if (schema.has("additionalProperties")) {
            assertThat(schema.path("additionalProperties").isBoolean()).isTrue();
            assertThat(schema.path("additionalProperties").booleanValue()).isFalse();
        }
        if (schema.has("minItems")) {
            assertThat(schema.path("minItems").asInt(-1)).isBetween(0, 1);
        }
        schema.path("properties").forEach(MessagesRequestProperties::check);
        schema.path("$defs").forEach(MessagesRequestProperties::check);
        schema.path("anyOf").forEach(MessagesRequestProperties::check);
        schema.path("allOf").forEach(MessagesRequestProperties::check);
        if (schema.has("items")) {
            check(schema.path("items"));
        }
    }

    private static HubRequest request(Random random) {
        HubRequest request =
                new HubRequest()
                        .thinks(pick(random, "A", "AB", "B", "N"))
                        .samples(pick(random, "Full", "Temperature", "None"))
                        .effort(pick(random, "", "none", "low", "max", "odd"))
                        .maxTokens(random.nextInt(40_000) - 1)
                        .temperature(pick(random, "", "0", "1e400", "-2", "0.5"))
                        .topP(pick(random, "", "0.9"))
                        .stop(pick(random, TEXTS), pick(random, TEXTS))
                        .endUser(pick(random, "", "u", "\"\ud83d\ude00"))
                        .tier(pick(random, "", "auto", "flex"))
                        .extra(pick(random, "seed", "store", "output_config"), pick(random, JSONS))
                        .choice(choice(random))
                        .output(output(random));
        if (random.nextBoolean()) {
            request.nativeMidSystem();
        }
        if (random.nextInt(3) == 0) {
            request.withoutStructuredOutputs().rejectingPrefill();
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            request.system(text(random)).tool(tool(random));
        }
        for (int i = random.nextInt(6); i >= 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> request.assistant(part(random), part(random));
                case 1 -> request.midSystem(text(random));
                default -> request.user(part(random), text(random));
            }
        }
        return request;
    }

    private static Part.Text text(Random random) {
        return new Part.Text(slice(random), mark(random));
    }

    private static Part part(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> HubRequest.image(new Media.Base64("image/png", slice(random)));
            case 1 -> HubRequest.document(new Media.PlainText(slice(random)), pick(random, TEXTS));
            case 2 -> new Part.Thinking(slice(random), Slice.of(pick(random, "", "Eq", "gwC1.a")));
            case 3 -> new Part.ToolResult("c", List.of(text(random)), true, mark(random));
            case 4 -> new Part.ToolCall("c", "f0", arguments(random), mark(random));
            case 5 -> new Part.Refusal(slice(random));
            case 6 -> new Part.Other("odd", Slice.of("{}"));
            case 7 -> new Part.RedactedThinking(slice(random));
            default -> text(random);
        };
    }

    private static Arguments arguments(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Arguments.Quoted(slice(random));
            case 1 -> new Arguments.Text(slice(random));
            default -> new Arguments.Value(Slice.of(pick(random, JSONS)));
        };
    }

    private static Tool tool(Random random) {
        String name = "f" + random.nextInt(2);
        return random.nextInt(4) == 0
                ? new Tool.Custom(name, slice(random), Slice.of(pick(random, JSONS)))
                : new Tool.Function(
                        name,
                        slice(random),
                        Slice.of(schema(random, 0)),
                        random.nextBoolean(),
                        Slice.EMPTY,
                        mark(random));
    }

    private static ToolChoice choice(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new ToolChoice.Any();
            case 1 -> new ToolChoice.Named("f0");
            case 2 -> new ToolChoice.Allowed(List.of("f1"), random.nextBoolean());
            default -> new ToolChoice.Unsaid();
        };
    }

    private static OutputFormat output(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new OutputFormat.JsonObject();
            case 1 ->
                    new OutputFormat.JsonSchema(
                            "n", slice(random), Slice.of(schema(random, 0)), true);
            default -> new OutputFormat.Text();
        };
    }

    /// Valid JSON that may mean nothing as a schema; no member twice.
    private static String schema(Random random, int depth) {
        if (depth > 4 || random.nextInt(8) == 0) {
            return pick(random, JSONS);
        }
        StringBuilder out = new StringBuilder("{");
        for (String key : SCHEMA_KEYS) {
            if (random.nextInt(5) == 0) {
                out.append(out.length() > 1 ? " , " : " ").append('"').append(key).append("\": ");
                out.append(value(key, random, depth));
            }
        }
        return out.append(" }").toString();
    }

    private static String value(String key, Random random, int depth) {
        if (random.nextInt(6) == 0) {
            return pick(random, JSONS);
        }
        return switch (key) {
            case "type" ->
                    pick(random, "\"object\"", "\"array\"", "\"string\"", "[\"string\",\"null\"]");
            case "properties", "$defs", "definitions" ->
                    "{\"a\":" + schema(random, depth + 1) + ",\"\\n\":{}}";
            case "items" -> schema(random, depth + 1);
            case "anyOf", "oneOf", "allOf" -> "[" + schema(random, depth + 1) + ",{}]";
            case "enum" -> pick(random, "[1,\"a\",null]", "[{}]");
            case "format" -> pick(random, "\"uuid\"", "\"byte\"");
            case "minItems" -> pick(random, "0", "1", "2");
            default -> pick(random, "\"t\\\"\"", "1", "[\"a\"]");
        };
    }

    private static CacheMark mark(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> CacheMark.None;
            case 1 -> CacheMark.Usual;
            default -> CacheMark.Long;
        };
    }

    private static Slice slice(Random random) {
        return Slice.of(pick(random, TEXTS));
    }

    private static String pick(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }
}
