package dev.llmgateway.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.fixtures.golden.GoldenFolder;
import dev.llmgateway.fixtures.process.Repository;
import dev.llmgateway.runtime.balance.AccountView;
import dev.llmgateway.runtime.balance.Cause;
import dev.llmgateway.runtime.model.FailureClass;
import dev.llmgateway.runtime.usage.Counters;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The pages the operator's tests read are those this program writes.
class ReportPagesTest {
    private static final long START = 1_800_000_000_000L;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GoldenFolder golden =
            GoldenFolder.of(
                    Repository.root().resolve("testing/fixtures/src/main/resources/reports"));
    private final ReportLog log = new ReportLog(START);

    @Test
    void theProgramsPagesAreThoseOfTheOperatorsTests() throws IOException {
        log.observe(new ReportFacts(head("", false), Map.of(), Map.of(), Map.of()), START);
        check("no-plan.json", -1);

        log.observe(facts("r-7", 120, active()), START + 10_000);
        check("complete.json", -1);
        long seen = log.sequence();

        log.observe(facts("r-7", 121, refused()), START + 20_000);
        check("credential-fault.json", seen);
        seen = log.sequence();

        log.observe(facts("r-8", 122, active()), START + 30_000);
        check("restored.json", seen);
        seen = log.sequence();

        ReportFacts last = facts("r-8", 122, active());
        log.observe(
                new ReportFacts(
                        head("r-8", true), last.accounts(), last.accountUsage(), last.keyUsage()),
                START + 31_000);
        check("draining.json", seen);

        assertThat(golden.unused(".json")).isEmpty();
    }

    private void check(String name, long after) throws IOException {
        golden.check(name, JSON.readTree(log.since(after)).toPrettyString() + "\n");
    }

    private static ReportFacts facts(String revision, long requests, ReportFacts.Health first) {
        Map<String, ReportFacts.Health> accounts = new TreeMap<>();
        accounts.put("uid-of-first", first);
        accounts.put("uid-of-second", cooling());
        accounts.put("uid-of-third", oneModelOut());
        return new ReportFacts(
                head(revision, false),
                accounts,
                Map.of("uid-of-first", new Counters.Totals(requests, 2, 9_000, 1_200, 7_000, 10)),
                Map.of("uid-of-key", new Counters.Totals(requests, 2, 9_000, 1_200, 7_000, 10)));
    }

    private static ReportFacts.Head head(String revision, boolean draining) {
        return new ReportFacts.Head(
                revision,
                revision.isEmpty() ? 0 : START + 500,
                draining,
                1,
                List.of("part keys-03-a: its digest does not match"));
    }

    private static ReportFacts.Health active() {
        return health("team/first", "Active", "Serving", 0, Optional.empty(), List.of());
    }

    private static ReportFacts.Health refused() {
        return health(
                "team/first",
                "CredentialInvalid",
                "Parked",
                START + 320_000,
                Optional.of(new Cause(FailureClass.Credential, 401, false, START + 20_000, "")),
                List.of());
    }

    private static ReportFacts.Health cooling() {
        return health(
                "team/second",
                "CoolingDown",
                "CoolingDown",
                START + 40_000,
                Optional.of(new Cause(FailureClass.Capacity, 429, true, START + 9_000, "")),
                List.of());
    }

    private static ReportFacts.Health oneModelOut() {
        return new ReportFacts.Health(
                "other/third",
                "Active",
                "Serving",
                "Model",
                0,
                Optional.of(new Cause(FailureClass.Credential, 403, false, START + 8_000, "")),
                "",
                List.of(
                        new AccountView.ModelView(
                                "large", "CredentialInvalid", "Parked", START + 308_000)));
    }

    private static ReportFacts.Health health(
            String account,
            String state,
            String phase,
            long untilMillis,
            Optional<Cause> failure,
            List<AccountView.ModelView> models) {
        return new ReportFacts.Health(
                account,
                state,
                phase,
                "Account",
                untilMillis,
                failure,
                state.equals("CredentialInvalid") ? "9f2c41aa" : "",
                models);
    }
}
