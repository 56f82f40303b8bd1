package dev.llmgateway.runtime.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.WireFormat;
import org.junit.jupiter.api.Test;

/// A note names the client's own message, not the turn it has become.
class NotePlacesTest {
    private static final String UNKNOWN = "{'type':'odd_block','a':1}";

    @Test
    void messages_that_are_joined_to_one_turn_keep_their_numbers() {
        String asked =
                """
                {'model':'gpt-4.1','max_tokens':9,'messages':[
                 {'role':'system','content':'first'},
                 {'role':'user','content':'a'},
                 {'role':'user','content':[{'type':'text','text':'b'},UNKNOWN]},
                 {'role':'assistant','content':'c'},
                 {'role':'assistant','content':[{'type':'text','text':'d'},UNKNOWN]},
                 {'role':'user','content':'e'}]}
                """
                        .replace("UNKNOWN", UNKNOWN)
                        .replace('\'', '"');

        assertThat(
                        Crossing.of(WireFormat.Messages, WireFormat.ChatCompletions, asked)
                                .notes()
                                .stream()
                                .map(note -> note.substring(0, note.indexOf('='))))
                .containsExactly("messages[2].content[1]", "messages[4].content[1]");
    }
}
