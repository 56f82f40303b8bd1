package dev.llmgateway.cli.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.Objects.Edit;
import dev.llmgateway.cli.print.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlEditTest {
    private static final JsonNode TRUE = Json.truth(true);

    @Test
    void aScalarIsReplacedAndItsCommentStays() {
        String text = "spec:\n  a: 1 # one\n  suspended: false   # not now\n  b: 2\n";

        assertThat(set(text, TRUE, "spec", "suspended"))
                .contains("spec:\n  a: 1 # one\n  suspended: true   # not now\n  b: 2\n");
    }

    @Test
    void aMissingFieldIsPutInFrontOfItsNeighbours() {
        assertThat(set("spec:\n    a: 1\n", TRUE, "spec", "b"))
                .contains("spec:\n    b: true\n    a: 1\n");
        assertThat(set("spec: {a: 1}\n", TRUE, "spec", "b")).contains("spec: {b: true, a: 1}\n");
        assertThat(set("spec: {}\n", TRUE, "spec", "b")).contains("spec: {b: true}\n");
        assertThat(set("spec:\n", TRUE, "spec", "b")).contains("spec: {b: true}\n");
        assertThat(set("kind: X\n", TRUE, "spec", "b", "c"))
                .contains("spec: {b: {c: true}}\nkind: X\n");
    }

    @Test
    void wholeCollectionsAreReplacedAndWhatFollowsStays() {
        String text = "spec:\n  noProxy:\n  - a\n  - b # last\n  # about c\n  c: 1\n";
        JsonNode list = Json.array().add("x").add("y: z");

        assertThat(set(text, list, "spec", "noProxy"))
                .contains("spec:\n  noProxy: [x, \"y: z\"] # last\n  # about c\n  c: 1\n");
    }

    @Test
    void removingTakesTheLinesAndNothingElse() {
        assertThat(unset("spec:\n  a: 1\n  b:\n    c: 2\n  # about d\n  d: 3\n", "spec", "b"))
                .contains("spec:\n  a: 1\n  # about d\n  d: 3\n");
        assertThat(unset("spec:\n  a: 1\n", "spec", "a")).contains("spec:\n  {}\n");
        assertThat(unset("spec: {a: 1, b: 2, c: 3}\n", "spec", "a"))
                .contains("spec: {b: 2, c: 3}\n");
        assertThat(unset("spec: {a: 1, b: 2, c: 3}\n", "spec", "c"))
                .contains("spec: {a: 1, b: 2}\n");
        assertThat(unset("spec: {a: 1}\n", "spec", "b")).contains("spec: {a: 1}\n");
    }

    @Test
    void charactersBeyondTheBasicPlaneDoNotShiftAnything() {
        assertThat(set("name: 🦊🦊\nspec: {b: 1}\n", TRUE, "spec", "b"))
                .contains("name: 🦊🦊\nspec: {b: true}\n");
    }

    /// Whatever the style, the outcome means what was asked for, or nothing is returned.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec:\n  text: |\n    suspended: false\n  b: 1\n",
                "spec: &s\n  suspended: false\nother: *s\n",
                "{spec: {suspended: false}, kind: X}\n",
                "spec:\n  \"suspended\": false\n",
                "spec:\n  ? suspended\n  : false\n",
                "spec:\r\n  a: 1\r\n  b: 2\r\n",
                "- spec\n",
                "spec: 3\n",
            })
    void anEditIsRightOrRefused(String text) {
        List<YamlDocument> before = YamlDocument.of(text);
        Edit edit = Edit.set(TRUE, "spec", "suspended");

        Optional<String> after = YamlEdit.apply(text, before.getFirst(), edit);

        after.ifPresent(changed ->
                assertThat(YamlDocument.of(changed).getFirst().tree())
                        .isEqualTo(edit.apply(before.getFirst().tree())));
    }

    private static Optional<String> set(String text, JsonNode value, String... path) {
        return YamlEdit.apply(text, YamlDocument.of(text).getFirst(), Edit.set(value, path));
    }

    private static Optional<String> unset(String text, String... path) {
        return YamlEdit.apply(text, YamlDocument.of(text).getFirst(), Edit.unset(path));
    }
}
