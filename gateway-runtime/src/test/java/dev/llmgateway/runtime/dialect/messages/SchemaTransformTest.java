package dev.llmgateway.runtime.dialect.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The transform T of translation.md 2.5.
class SchemaTransformTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"string\"}|{\"type\":\"string\"}|true",
                "{\"$schema\":\"x\",\"title\":\"t\",\"type\":\"null\"}"
                        + "|{\"type\":\"null\",\"title\":\"t\"}|true",
                "{\"type\":\"string\",\"enum\":[\"a\",1,null]}|{\"enum\":[\"a\",1,null]}|true",
                "{\"type\":\"string\",\"const\":\"a\"}|{\"const\":\"a\"}|true",
                "{\"enum\":[{\"a\":1}]}|{\"description\":\"{enum: [{\\\"a\\\":1}]}\"}|false",
                "{\"type\":\"object\"}"
                        + "|{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}|true",
                "{\"properties\":{\"$ref\":{\"type\":\"string\"}},\"required\":[\"$ref\"]}"
                        + "|{\"type\":\"object\",\"properties\":{\"$ref\":{\"type\":\"string\"}},"
                        + "\"required\":[\"$ref\"],\"additionalProperties\":false}|true",
                "{\"type\":\"object\",\"additionalProperties\":true}"
                        + "|{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false,"
                        + "\"description\":\"{additionalProperties: true}\"}|false",
                "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"minLength\":1},\"minItems\":1}"
                        + "|{\"type\":\"array\",\"items\":{\"type\":\"string\","
                        + "\"description\":\"{minLength: 1}\"},\"minItems\":1}|false",
                "{\"type\":\"array\",\"minItems\":2,\"maxItems\":3,\"description\":\"d\"}"
                        + "|{\"type\":\"array\",\"description\":\"d\\n\\n{minItems: 2, maxItems: 3}\"}"
                        + "|false",
                "{\"type\":\"string\",\"format\":\"uuid\"}"
                        + "|{\"type\":\"string\",\"format\":\"uuid\"}|true",
                "{\"type\":\"string\",\"format\":\"byte\"}"
                        + "|{\"type\":\"string\",\"description\":\"{format: \\\"byte\\\"}\"}|false",
                "{\"type\":\"integer\",\"format\":\"date\"}"
                        + "|{\"type\":\"integer\",\"description\":\"{format: \\\"date\\\"}\"}|false",
                "{\"oneOf\":[{\"type\":\"null\"}]}|{\"anyOf\":[{\"type\":\"null\"}]}|false",
                "{\"allOf\":[{\"$ref\":\"#/$defs/a\"}],\"$defs\":{\"a\":{\"type\":\"null\"}}}"
                        + "|{\"$defs\":{\"a\":{\"type\":\"null\"}},\"allOf\":[{\"$ref\":\"#/$defs/a\"}]}"
                        + "|true",
                "{\"$ref\":\"#/definitions/a\",\"definitions\":{\"a\":{\"type\":\"null\"}}}"
                        + "|{\"$defs\":{\"a\":{\"type\":\"null\"}},\"$ref\":\"#/$defs/a\"}|true",
                "{\"$ref\":\"#\",\"minLength\":1}|{\"$ref\":\"#\"}|false",
                "{\"type\":[\"array\",\"null\"],\"items\":true}"
                        + "|{\"type\":[\"array\",\"null\"],\"description\":\"{items: true}\"}|false",
                "{\"anyOf\":[true,false]}|{\"anyOf\":[{},{}]}|false",
                "{\"type\":\"string\",\"ty\\u0070e\":\"null\"}|{\"type\":\"null\"}|true"
            })
    void transforms(String schema, String expected, boolean lossless) {
        JsonBytes out = new JsonBytes();

        boolean kept = new SchemaTransform().write(Slice.of(schema), out);

        assertThat(out.slice().toString()).isEqualTo(expected);
        assertThat(kept).isEqualTo(lossless);
    }

    @Test
    void what_is_too_deep_is_only_described() {
        String schema =
                "{\"items\":".repeat(200).replace("{", "{\"type\":\"array\",")
                        + "{}"
                        + "}".repeat(200);
        JsonBytes out = new JsonBytes();

        boolean kept = new SchemaTransform().write(Slice.of(schema), out);

        assertThat(kept).isFalse();
        assertThat(HubRequest.parsed(out.slice()).findParents("items")).isNotEmpty();
        assertThat(out.slice().toString()).contains("\"description\":\"{\\\"type\\\":");
    }
}
