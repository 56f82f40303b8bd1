package dev.llmgateway.runtime.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.model.Slice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictSubsetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object','additionalProperties':false}",
                "{'properties':{},'required':[],'additionalProperties':false,'type':'object'}",
                "{'type':'object','properties':{'a':{'type':['string','null']},'b':{'enum':[1]}},"
                        + "'required':['b','a'],'additionalProperties':false}",
                "{'type':'object','properties':{'\\u0061':{'type':'string'}},'required':['a'],"
                        + "'additionalProperties':false,'$schema':'x','title':'t'}",
                "{'type':'object','properties':{'l':{'type':'array','items':{'type':'object',"
                        + "'properties':{'x':{'const':1}},'required':['x'],"
                        + "'additionalProperties':false}}},'required':['l'],"
                        + "'additionalProperties':false}",
                "{'type':'object','properties':{'l':{'anyOf':[{'$ref':'#/$defs/n'},"
                        + "{'type':'null'}]}},'required':['l'],'additionalProperties':false,"
                        + "'$defs':{'n':{'type':'number','minimum':1,'pattern':'x'}}}"
            })
    void closed_schemas_with_all_properties_required_are_inside(String schema) {
        assertThat(StrictSubset.holds(Slice.of(schema.replace('\'', '"')))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "true",
                "{}",
                "{'type':'string'}",
                "{'type':'object'}",
                "{'type':'object','additionalProperties':true}",
                "{'type':'object','additionalProperties':{'type':'string'}}",
                "{'type':'object','properties':{'a':{'type':'string'}},"
                        + "'additionalProperties':false}",
                "{'type':'object','properties':{'a':{}},'required':['a'],"
                        + "'additionalProperties':false}",
                "{'type':'object','properties':{'a':true},'required':['a'],"
                        + "'additionalProperties':false}",
                "{'type':'object','properties':{'a':{'type':'object','properties':{}}},"
                        + "'required':['a'],'additionalProperties':false}",
                "{'type':'object','properties':{'a':{'type':'array','items':{'type':['object']}}},"
                        + "'required':['a'],'additionalProperties':false}",
                "{'type':'object','properties':{'a':{'anyOf':[{'type':'object'}]}},"
                        + "'required':['a'],'additionalProperties':false}",
                "{'type':'object','properties':{'a':{'oneOf':[{'type':'string'}]}},"
                        + "'required':['a'],'additionalProperties':false}",
                "{'type':'object','properties':{'a':{'type':'string','default':'x'}},"
                        + "'required':['a'],'additionalProperties':false}",
                "{'type':'object','additionalProperties':false,'$defs':{'n':{'type':'object'}}}"
            })
    void any_other_schema_is_outside(String schema) {
        assertThat(StrictSubset.holds(Slice.of(schema.replace('\'', '"')))).isFalse();
    }
}
