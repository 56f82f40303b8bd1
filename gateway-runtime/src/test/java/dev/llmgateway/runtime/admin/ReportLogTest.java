package dev.llmgateway.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.runtime.balance.Cause;
import dev.llmgateway.runtime.model.FailureClass;
import dev.llmgateway.runtime.usage.Counters;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportLogTest {
    private static final long START = 1_800_000_000_000L;

    private final ReportLog log = new ReportLog(START);

    @Test
    void aFirstReaderIsToldEverything() throws IOException {
        log.observe(facts("r-1", "Active", 3), START);

        JsonNode page = page(-1);

        assertThat(page.path("sequence").asLong()).isEqualTo(START * 1_000 + 1);
        assertThat(page.path("complete").asBoolean()).isTrue();
        assertThat(page.path("revision").asText()).isEqualTo("r-1");
        assertThat(page.path("accounts").path(0).path("state").asText()).isEqualTo("Active");
        assertThat(page.path("usage").path("keys").path("key").path("requests").asLong())
                .isEqualTo(3);
    }

    @Test
    void aRevisionAndAStateAreStepsAndNothingIsNone() {
        log.observe(facts("r-1", "Active", 0), START);
        long first = log.sequence();
        log.observe(facts("r-1", "Active", 0), START + 100);
        assertThat(log.sequence()).isEqualTo(first);

        log.observe(facts("r-2", "Active", 0), START + 200);
        assertThat(log.sequence()).isEqualTo(first + 1);
        log.observe(facts("r-2", "CredentialInvalid", 0), START + 300);
        assertThat(log.sequence()).isEqualTo(first + 2);
    }

    @Test
    void aReaderIsToldOnlyWhatItHasNotSeen() throws IOException {
        log.observe(facts("r-1", "Active", 5), START);
        long seen = log.sequence();
        log.observe(facts("r-2", "Active", 5), START + 100);

        JsonNode page = page(seen);

        assertThat(page.path("complete").asBoolean()).isFalse();
        assertThat(page.path("revision").asText()).isEqualTo("r-2");
        assertThat(page.path("accounts")).isEmpty();
        assertThat(page.path("usage").path("keys")).isEmpty();
    }

    @Test
    void aCredentialFaultSaysWhatTheUpstreamSaid() throws IOException {
        log.observe(facts("r-1", "Active", 0), START);
        long seen = log.sequence();
        log.observe(facts("r-1", "CredentialInvalid", 0), START + 100);

        JsonNode account = page(seen).path("accounts").path(0);

        assertThat(account.path("uid").asText()).isEqualTo("account");
        assertThat(account.path("failure").path("class").asText()).isEqualTo("Credential");
        assertThat(account.path("failure").path("status").asInt()).isEqualTo(401);
    }

    @Test
    void countersMakeAStepAtMostEveryTenSecondsAndTravelWithEveryOther() throws IOException {
        log.observe(facts("r-1", "Active", 1), START);
        long seen = log.sequence();
        log.observe(facts("r-1", "Active", 2), START + 9_999);
        assertThat(log.sequence()).isEqualTo(seen);

        log.observe(facts("r-1", "Active", 3), START + 10_000);
        assertThat(log.sequence()).isEqualTo(seen + 1);
        log.observe(facts("r-2", "Active", 4), START + 10_100);

        assertThat(page(seen + 1).path("usage").path("keys").path("key").path("requests").asLong())
                .isEqualTo(4);
    }

    @Test
    void aReaderOfAnEarlierProcessIsToldEverything() throws IOException {
        log.observe(facts("r-1", "Active", 1), START);

        assertThat(page(START * 1_000 - 5).path("complete").asBoolean()).isTrue();
        assertThat(page(log.sequence() + 5).path("complete").asBoolean()).isTrue();
    }

    @Test
    void anAccountThatIsGoneAndReturnsIsToldAgain() throws IOException {
        log.observe(facts("r-1", "Active", 1), START);
        ReportFacts without =
                new ReportFacts(facts("r-2", "Active", 1).head(), Map.of(), Map.of(), Map.of());
        log.observe(without, START + 100);
        long seen = log.sequence();
        log.observe(facts("r-3", "Active", 1), START + 200);

        assertThat(page(seen).path("accounts")).hasSize(1);
    }

    private JsonNode page(long after) throws IOException {
        return new ObjectMapper().readTree(log.since(after));
    }

    private static ReportFacts facts(String revision, String state, long requests) {
        Counters.Totals used = new Counters.Totals(requests, 0, 10, 20, 0, 0);
        Optional<Cause> failure =
                state.equals("Active")
                        ? Optional.empty()
                        : Optional.of(new Cause(FailureClass.Credential, 401, false, START, ""));
        return new ReportFacts(
                new ReportFacts.Head(revision, START, false, 0, List.of()),
                Map.of(
                        "account",
                        new ReportFacts.Health(
                                "team/account",
                                state,
                                "Serving",
                                "Account",
                                0,
                                failure,
                                "",
                                List.of())),
                Map.of("account", used),
                Map.of("key", used));
    }
}
