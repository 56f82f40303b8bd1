package dev.llmgateway.runtime.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.golden.GoldenFolder;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every translation by example: each source file of the matrix in each other format that is spoken
/// on that side. `-Dgolden.update` rewrites what is generated; a human reads the difference with
/// translation.md beside it.
///
/// A reply is the answer to the request of the same name in the client's format, if there is one.
class GoldenMatrixTest {
    private static final List<GoldenCase> CASES = GoldenCase.all();

    static List<String> names() {
        return CASES.stream().map(GoldenCase::name).distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_case_reads_as_expected_in_every_other_format(String name) {
        GoldenFolder golden = GoldenFolder.of(GoldenCase.FOLDER);

        for (GoldenCase source : CASES) {
            if (source.name().equals(name)) {
                source.others().forEach(other -> check(source, other, golden));
            }
        }

        assertThat(golden.unused(""))
                .as("generated files that no source leads to")
                .noneMatch(file -> file.startsWith(name + ".to-"));
    }

    @Test
    void every_generated_file_belongs_to_a_case() {
        GoldenFolder golden = GoldenFolder.of(GoldenCase.FOLDER);

        assertThat(golden.unused(""))
                .allSatisfy(file -> assertThat(names()).contains(file.split("\\.", 2)[0]));
    }

    @Test
    void the_matrix_has_cases_on_every_side() {
        assertThat(CASES.stream().map(source -> source.format() + " " + source.kind()).distinct())
                .containsExactlyInAnyOrder(
                        "ChatCompletions request.json",
                        "Messages request.json",
                        "Responses request.json",
                        "Completions request.json",
                        "ChatCompletions reply.json",
                        "Messages reply.json",
                        "Responses reply.json",
                        "Responses reply.sse",
                        "ChatCompletions reply.sse",
                        "Messages reply.sse");
    }

    private static void check(GoldenCase source, WireFormat other, GoldenFolder golden) {
        if (source.isRequest()) {
            request(source, other, golden);
        } else {
            reply(source, other, golden);
        }
    }

    private static void request(GoldenCase source, WireFormat upstream, GoldenFolder golden) {
        try {
            Crossing crossing = Crossing.of(source.format(), upstream, source.text());
            golden.check(source.to(upstream, "request.json"), Indented.of(crossing.body()));
            if (!crossing.notes().isEmpty()) {
                golden.check(
                        source.to(upstream, "notes.txt"),
                        crossing.notes().stream()
                                .map(note -> note + "\n")
                                .collect(Collectors.joining()));
            }
        } catch (Refusal refusal) {
            golden.check(
                    source.to(upstream, "notes.txt"),
                    "refused: "
                            + refusal.error().param()
                            + ": "
                            + refusal.error().message()
                            + "\n");
        }
    }

    private static void reply(GoldenCase source, WireFormat client, GoldenFolder golden) {
        byte[] bytes = source.text().getBytes(UTF_8);
        String document = crossing(source, client).reply(bytes, source.streams(), false);
        golden.check(source.to(client, "reply.json"), Indented.of(document.strip()));
        golden.check(
                source.to(client, "reply.sse"),
                crossing(source, client).reply(bytes, source.streams(), true));
    }

    private static Crossing crossing(GoldenCase reply, WireFormat client) {
        Optional<GoldenCase> request =
                CASES.stream()
                        .filter(c -> c.name().equals(reply.name()) && c.isRequest())
                        .filter(c -> c.format() == client)
                        .findAny();
        return request.map(source -> Crossing.of(client, reply.format(), source.text()))
                .orElseGet(() -> Crossing.plain(client, reply.format()));
    }
}
