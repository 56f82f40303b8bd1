package dev.llmgateway.runtime.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/// Jackson for the rare parts of replies and bodies. Sizes are bounded before, so the parser's own
/// limits would only refuse big images.
final class TolerantJson {
    static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private TolerantJson() {}

    /// What is done with one member; must consume its value, on which the parser stands.
    @FunctionalInterface
    interface Member {
        void read(String name, JsonParser json) throws IOException;
    }

    /// Reads an object of an upstream's reply as far as it is JSON: what we cannot read still
    /// passes on byte for byte, and is the client's to judge.
    ///
    /// @return whether it was read to its end
    static boolean object(byte[] text, Member member) {
        try (JsonParser json = FACTORY.createParser(text)) {
            json.nextToken();
            members(json, member);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Reads the object the parser stands on; another value is passed over.
    static void members(JsonParser json, Member member) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            member.read(name, json);
        }
    }

    /// The string the parser stands on; empty: another value, passed over.
    static String text(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            json.skipChildren();
            return "";
        }
        return json.getText();
    }

    /// Whether the value the parser stands on is a string, list or object with something in it.
    static boolean filled(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> !json.getText().isEmpty();
            case START_ARRAY, START_OBJECT -> {
                boolean filled = false;
                int open = 1;
                while (open > 0) {
                    JsonToken token = json.nextToken();
                    if (token == null) {
                        yield filled;
                    }
                    open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                    filled |= open > 0;
                }
                yield filled;
            }
            default -> false;
        };
    }
}
