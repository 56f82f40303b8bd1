package dev.llmgateway.runtime.dialect.completions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Sampling;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionsRequestsTest {
    private final Notes notes = new Notes(false);

    @ParameterizedTest
    @ValueSource(strings = {"'Say \\n'", "['Say \\n']"})
    void a_prompt_is_one_message_of_the_user(String prompt) {
        ChatRequest request =
                read(
                        "{'model':'m','prompt':"
                                + prompt
                                + ",'max_tokens':9,'temperature':0.5,'stop':['a'],'stream':true,"
                                + "'stream_options':{'include_usage':true},'user':'u'}");

        assertThat(request.source()).isEqualTo(WireFormat.Completions);
        assertThat(request.turns())
                .containsExactly(
                        new Turn(
                                Role.User,
                                List.of(new Part.Text(Slice.of("Say \\n"), CacheMark.None))));
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.stream()).isTrue();
        assertThat(request.includeUsage()).isTrue();
        assertThat(request.user()).isEqualTo("u");
        assertThat(request.sampling())
                .isEqualTo(
                        new Sampling(
                                9,
                                Slice.of("0.5"),
                                Slice.EMPTY,
                                Slice.EMPTY,
                                List.of(Slice.of("a"))));
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void replies_are_short_when_nothing_is_said() {
        assertThat(read("{'prompt':'a'}").sampling().maxTokens()).isEqualTo(16);
    }

    @Test
    void the_rest_travels_on_unless_it_says_nothing() {
        ChatRequest request =
                read(
                        "{'prompt':'a','seed':1,'n':2,'best_of':1,'echo':false,'suffix':null,"
                                + "'logprobs':null,'presence_penalty':0,'logit_bias':null}");

        assertThat(request.extras())
                .containsExactly(new Extra("seed", Slice.of("1")), new Extra("n", Slice.of("2")));
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void probabilities_are_named_as_lost() {
        read("{'prompt':'a','logprobs':5}");

        assertThat(notes.all())
                .containsExactly("logprobs=a chat's reply is told without probabilities");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|prompt|not empty",
                "{'prompt':null}|prompt|not empty",
                "{'prompt':''}|prompt|not empty",
                "{'prompt':[]}|prompt|not empty",
                "{'prompt':7}|prompt|list",
                "{'prompt':['a','b']}|prompt|one text",
                "{'prompt':[1,2]}|prompt|token ids",
                "{'prompt':[[1,2]]}|prompt|token ids",
                "{'prompt':'a','suffix':'b'}|suffix|middle",
                "{'prompt':'a','best_of':2}|best_of|one answer",
                "{'prompt':'a','echo':true}|echo|repeat",
                "{'prompt':'a','max_tokens':0}|max_tokens|at least 1",
            })
    void what_no_chat_can_do_is_refused(String body, String field, String reason) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> read(body));

        assertThat(refusal).isNotNull().hasMessageContaining(reason);
        assertThat(refusal.error().param()).isEqualTo(field);
    }

    private ChatRequest read(String body) {
        return CompletionsRequests.read(Slice.of(body.replace('\'', '"')), notes);
    }
}
