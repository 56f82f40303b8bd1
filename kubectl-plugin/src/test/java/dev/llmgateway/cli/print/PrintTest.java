package dev.llmgateway.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintTest {
    @Test
    void wideCharactersKeepColumnsInLine() {
        Table table =
                new Table(
                        List.of("NAME", "TEXT", "END"),
                        List.of(
                                List.of(Cell.of("a"), Cell.of("生产"), Cell.of("1")),
                                List.of(Cell.of("bcd"), Cell.of("x"), Cell.of(""))));

        assertThat(table.text(true, Style.PLAIN))
                .isEqualTo("NAME   TEXT   END\na      生产   1\nbcd    x\n");
    }

    @Test
    void aNarrowTerminalCutsLinesAndColoursTakeNoRoom() {
        Table table =
                new Table(
                        List.of("NAME", "STATE"),
                        List.of(List.of(Cell.of("claude"), new Cell("Active", Tone.GOOD))));

        assertThat(table.text(false, new Style(true, 12)))
                .isEqualTo("claude   \033[32mAc…\033[0m\n");
        assertThat(table.text(true, new Style(false, 9))).isEqualTo("NAME    …\nclaude  …\n");
        assertThat(table.text(true, new Style(false, 14)))
                .isEqualTo("NAME     STATE\nclaude   Acti…\n");
        assertThat(table.text(false, new Style(false, 15))).isEqualTo("claude   Active\n");
    }

    @Test
    void aCharacterOfTwoColumnsIsNotHalved() {
        Table table = new Table(List.of("A"), List.of(List.of(Cell.of("生产账号"))));

        assertThat(table.text(false, new Style(false, 5))).isEqualTo("生产…\n");
        assertThat(table.text(false, new Style(false, 6))).isEqualTo("生产…\n");
        assertThat(table.text(false, new Style(false, 7))).isEqualTo("生产账…\n");
        assertThat(table.text(false, new Style(false, 8))).isEqualTo("生产账号\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    PT45S   | 45s
                    PT119S  | 119s
                    PT200S  | 3m20s
                    PT2H    | 120m
                    PT5H30M | 5h30m
                    PT30H   | 30h
                    P12D    | 12d
                    P740D   | 2y10d
                    """)
    void agesReadAsKubectlWritesThem(java.time.Duration age, String text) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(Ages.since(now.minus(age).toString(), now)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "yes",
        "'1.0'",
        "'a: b'",
        "'- a'",
        "'#x'",
        "'*'",
        "''",
        "'2026-01-01'",
        "'true'",
        "'0x10'",
        "'a#b c'",
        "生产账号"
    })
    void everyTextSurvivesAsYaml(String text) {
        String yaml = Yaml.of(Json.object().put("key", text));

        Object read =
                new org.snakeyaml.engine.v2.api.Load(
                                org.snakeyaml.engine.v2.api.LoadSettings.builder().build())
                        .loadFromString(yaml);

        assertThat(read).isEqualTo(java.util.Map.of("key", text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {.items[*].name}                          | a b
                    .items[0].name                            | a
                    {.items[-1].name}                         | b
                    {range .items[*]}{.name}{"\\t"}{.n}{","}{end} | a\t1,b\t2,
                    name={.items[1]['name']}                  | name=b
                    {.metadata.labels.a\\.b/c}                | yes
                    {.items[0]}                               | {"name":"a","n":1}
                    """)
    void templatesAreKubectls(String template, String text) {
        var data =
                Json.parse(
                        "{\"items\":[{\"name\":\"a\",\"n\":1},{\"name\":\"b\",\"n\":2}],\"metadata\":{\"labels\":{\"a.b/c\":\"yes\"}}}");

        assertThat(JsonPath.of(template).orElseThrow().apply(data)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"{.a", "{range .items[*]}{.a}", "{end}", "{.a[x]}", "{.items[?(@.a==1)]}"})
    void whatIsNoTemplateIsRefused(String template) {
        assertThat(JsonPath.of(template)).isEmpty();
    }
}
