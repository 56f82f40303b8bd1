package dev.llmgateway.runtime.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.runtime.balance.AccountView;
import dev.llmgateway.runtime.balance.Cause;
import dev.llmgateway.runtime.usage.Counters;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What changed in this process, in numbered steps. A revision, a health change or a credential
/// fault makes a step at once, counters at most one every 10 s; what a reader has not seen yet is
/// told in one page, however many steps it took.
final class ReportLog {
    /// The operator writes counters down no more often than that (spec/operator.md).
    static final long COUNTERS_MILLIS = 10_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final long process;
    private final long first;
    private final ChangeLog<ReportFacts.Health> accounts = new ChangeLog<>();
    private final ChangeLog<Counters.Totals> accountUsage = new ChangeLog<>();
    private final ChangeLog<Counters.Totals> keyUsage = new ChangeLog<>();
    private Optional<ReportFacts.Head> head = Optional.empty();
    private long sequence;
    private long countedAt;

    /// @param startMillis when the process began, epoch milliseconds: its steps are numbered from
    ///   there, so that no number of an earlier process is met again
    ReportLog(long startMillis) {
        this.process = startMillis;
        this.first = startMillis * 1_000;
        this.sequence = first;
        this.countedAt = startMillis - COUNTERS_MILLIS;
    }

    long sequence() {
        return sequence;
    }

    void observe(ReportFacts facts, long nowMillis) {
        boolean news =
                !head.equals(Optional.of(facts.head())) || accounts.differs(facts.accounts());
        boolean counted =
                nowMillis - countedAt >= COUNTERS_MILLIS
                        && (accountUsage.differs(facts.accountUsage())
                                || keyUsage.differs(facts.keyUsage()));
        if (news || counted) {
            sequence++;
            head = Optional.of(facts.head());
            accounts.take(facts.accounts(), sequence);
            accountUsage.take(facts.accountUsage(), sequence);
            keyUsage.take(facts.keyUsage(), sequence);
            countedAt = nowMillis;
        }
    }

    /// Names the process, so that a reader who has lost its place does not count twice.
    ///
    /// @param after the last step the reader has seen; of another process, or none: everything is
    ///   told
    String since(long after) {
        long from = after < first || after > sequence ? -1 : after;
        ObjectNode page = JSON.createObjectNode();
        page.put("process", process).put("sequence", sequence).put("complete", from < 0);
        head.ifPresent(now -> head(page, now));
        ArrayNode states = page.putArray("accounts");
        accounts.since(from).forEach((uid, health) -> account(states.addObject(), uid, health));
        ObjectNode usage = page.putObject("usage");
        usage(usage.putObject("accounts"), accountUsage.since(from));
        usage(usage.putObject("keys"), keyUsage.since(from));
        return page.toString();
    }

    private static void head(ObjectNode page, ReportFacts.Head head) {
        page.put("revision", head.revision())
                .put("appliedAtMillis", head.appliedAtMillis())
                .put("draining", head.draining())
                .put("errors", head.errors());
        ArrayNode problems = page.putArray("problems");
        head.problems().forEach(problems::add);
    }

    private static void account(ObjectNode entry, String uid, ReportFacts.Health health) {
        entry.put("uid", uid)
                .put("account", health.account())
                .put("state", health.state())
                .put("phase", health.phase())
                .put("scope", health.scope())
                .put("untilMillis", health.untilMillis());
        if (!health.refused().isEmpty()) {
            entry.put("refused", health.refused());
        }
        health.failure().ifPresent(cause -> failure(entry.putObject("failure"), cause));
        if (!health.models().isEmpty()) {
            models(entry.putArray("models"), health.models());
        }
    }

    private static void failure(ObjectNode entry, Cause cause) {
        entry.put("class", cause.failure().name())
                .put("status", cause.status())
                .put("spent", cause.spent())
                .put("atMillis", cause.atMillis());
    }

    private static void models(ArrayNode page, List<AccountView.ModelView> models) {
        for (AccountView.ModelView model : models) {
            page.addObject()
                    .put("model", model.model())
                    .put("state", model.state())
                    .put("phase", model.phase())
                    .put("untilMillis", model.untilMillis());
        }
    }

    private static void usage(ObjectNode page, Map<String, Counters.Totals> totals) {
        totals.forEach((uid, used) ->
                page.putObject(uid)
                        .put("requests", used.requests())
                        .put("errors", used.errors())
                        .put("inputTokens", used.inputTokens())
                        .put("outputTokens", used.outputTokens())
                        .put("cacheReadTokens", used.cacheReadTokens())
                        .put("cacheWriteTokens", used.cacheWriteTokens()));
    }
}
