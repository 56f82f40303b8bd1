package dev.llmgateway.runtime.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.llmgateway.runtime.dialect.json.BodyFacts;
import dev.llmgateway.runtime.dialect.json.TopKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What the inside of messages and tools says about a body's vendor: `Oin` and the inner part of
/// `A` in translation.md 1.2. Looks at the first 8 messages and tools and stops as soon as nothing
/// can change.
final class BodyEvidence {
    private static final int LOOKED_AT = 8;
    private static final Pattern DATED = Pattern.compile("_20\\d{6}$");

    private static final Set<TopKey> TELLING =
            EnumSet.of(TopKey.MESSAGES, TopKey.TOOLS, TopKey.TOOL_CHOICE, TopKey.METADATA);

    private boolean openAi;
    private boolean anthropic;

    private BodyEvidence() {}

    static BodyEvidence read(BodyFacts facts, Supplier<InputStream> body) {
        BodyEvidence evidence = new BodyEvidence();
        Set<TopKey> missing = EnumSet.copyOf(TELLING);
        missing.retainAll(facts.keys().toSet());
        if (missing.isEmpty()) {
            return evidence;
        }
        try (JsonParser json = TolerantJson.FACTORY.createParser(body.get())) {
            evidence.document(json, missing);
        } catch (IOException e) {
            throw new UncheckedIOException("a validated body could not be read", e);
        }
        return evidence;
    }

    /// `Oin`.
    boolean openAi() {
        return openAi;
    }

    boolean anthropic() {
        return anthropic;
    }

    private void document(JsonParser json, Set<TopKey> missing) throws IOException {
        json.nextToken();
        while (!openAi && !missing.isEmpty() && json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "messages" -> list(json, missing, TopKey.MESSAGES);
                case "tools" -> list(json, missing, TopKey.TOOLS);
                case "tool_choice" -> toolChoice(json, missing);
                case "metadata" -> metadata(json, missing);
                default -> json.skipChildren();
            }
        }
    }

    private void list(JsonParser json, Set<TopKey> missing, TopKey key) throws IOException {
        missing.remove(key);
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
            boolean look = i < LOOKED_AT && json.currentToken() == JsonToken.START_OBJECT;
            if (!look) {
                json.skipChildren();
                if (i >= LOOKED_AT && missing.isEmpty()) {
                    return;
                }
            } else if (key == TopKey.MESSAGES) {
                message(json, i == 0);
            } else {
                tool(json);
            }
        }
    }

    private void message(JsonParser json, boolean first) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "role" -> role(TolerantJson.text(json), first);
                case "tool_calls", "tool_call_id", "refusal", "audio" -> {
                    openAi = true;
                    json.skipChildren();
                }
                case "content" -> content(json);
                default -> json.skipChildren();
            }
        }
    }

    private void role(String role, boolean first) {
        openAi |=
                switch (role) {
                    case "tool", "developer", "function" -> true;
                    // Later ones are legal in Messages too.
                    case "system" -> first;
                    default -> false;
                };
    }

    private void content(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                part(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void part(JsonParser json) throws IOException {
        String type = "";
        boolean source = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "type" -> type = TolerantJson.text(json);
                case "source" -> source = true;
                case "cache_control" -> anthropic = true;
                default -> {}
            }
            json.skipChildren();
        }
        partType(type, source);
    }

    private void partType(String type, boolean source) {
        switch (type) {
            case "image_url", "input_audio", "file", "refusal" -> openAi = true;
            case "tool_use",
                    "tool_result",
                    "thinking",
                    "redacted_thinking",
                    "document",
                    "search_result",
                    "server_tool_use" ->
                    anthropic = true;
            case "image" -> anthropic |= source;
            default -> {}
        }
    }

    private void tool(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "function", "custom" -> openAi = true;
                case "input_schema", "cache_control" -> anthropic = true;
                case "type" -> toolType(TolerantJson.text(json));
                default -> {}
            }
            json.skipChildren();
        }
    }

    private void toolType(String type) {
        openAi |= type.equals("function");
        anthropic |= type.equals("mcp_toolset") || DATED.matcher(type).find();
    }

    private void toolChoice(JsonParser json, Set<TopKey> missing) throws IOException {
        missing.remove(TopKey.TOOL_CHOICE);
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean type = json.currentName().equals("type");
            json.nextToken();
            if (type) {
                anthropic |=
                        switch (TolerantJson.text(json)) {
                            case "auto", "any", "tool", "none" -> true;
                            default -> false;
                        };
            }
            json.skipChildren();
        }
    }

    private void metadata(JsonParser json, Set<TopKey> missing) throws IOException {
        missing.remove(TopKey.METADATA);
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            anthropic |= json.currentName().equals("user_id");
            json.nextToken();
            json.skipChildren();
        }
    }
}
