package dev.llmgateway.runtime.dialect.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Slice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootSchemaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~ | {'type':'object','properties':{}}",
                "{} | {'type':'object','properties':{}}",
                "{'type':'object'} | {'properties':{},'type':'object'}",
                "{'properties':{'a':{}}} | {'type':'object','properties':{'a':{}}}",
                "{'title':'t','type':'object','properties':{}} | {'title':'t','type':'object','properties':{}}",
                "{'anyOf':[{}],'\u00e9\\'':1} | {'type':'object','anyOf':[{}],'\u00e9\\'':1}",
                "{'type':'string'} | {'type':'string'}",
                "{'type':null} | {'type':'object','properties':{}}",
                "true | true",
            })
    void a_root_says_that_it_is_an_object_and_what_is_in_it(String schema, String written) {
        JsonBytes out = new JsonBytes();

        RootSchema.writeComplete(Slice.of(schema.replace('\'', '"')), out);

        assertThat(out.slice().toString()).isEqualTo(written.replace('\'', '"'));
    }
}
