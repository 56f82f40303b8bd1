package dev.llmgateway.runtime.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.golden.GoldenFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page in docs is the one that the tables and the code give; `-Dgolden.update` rewrites it.
class TranslationPageTest {
    @Test
    void the_page_says_what_the_tables_and_the_code_say() throws IOException {
        GoldenFolder docs = GoldenFolder.of(Path.of("../docs"));

        docs.check("translation.md", TranslationPage.text());
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, stop",
        "stop_sequence, stop",
        "tool_use, tool_calls",
        "max_tokens, length",
        "model_context_window_exceeded, length",
        "refusal, content_filter",
        "pause_turn, stop",
        "compaction, stop",
    })
    void the_ends_of_messages_have_their_names_in_chat(String reason, String expected) {
        assertThat(TranslationPage.messagesStop(reason)).isEqualTo(expected);
    }
}
