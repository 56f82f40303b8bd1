package dev.llmgateway.runtime.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.runtime.balance.Evidence;
import dev.llmgateway.runtime.exchange.DecisionLog;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.routing.Decision;
import dev.llmgateway.runtime.telemetry.AccessRecord;
import java.util.Optional;

/// `/decisions/{request-id}`: what became of one of the last requests that had a retry, an error or
/// a warning, or fell into the sample. No prompts, no secrets.
final class DecisionPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DecisionLog decisions;

    DecisionPage(DecisionLog decisions) {
        this.decisions = decisions;
    }

    /// Empty: not among the kept ones.
    Optional<String> json(String requestId) {
        return decisions.find(requestId).map(DecisionPage::page);
    }

    private static String page(DecisionLog.Entry entry) {
        ObjectNode page = JSON.createObjectNode();
        record(page, entry.record());
        ArrayNode failures = page.putArray("failedAttempts");
        entry.failures().forEach(failure -> failure(failures.addObject(), failure));
        Decision decision = entry.decision();
        if (decision != null) {
            ExplainPage.route(page, decision);
            ArrayNode candidates = page.putArray("candidates");
            for (int i = 0; i < decision.tiers().size(); i++) {
                for (Candidate candidate : decision.tiers().get(i).candidates()) {
                    ExplainPage.names(candidates.addObject(), i, candidate);
                }
            }
            ExplainPage.excluded(page, decision);
        }
        return page.toPrettyString();
    }

    private static void record(ObjectNode page, AccessRecord record) {
        page.put("requestId", record.requestId());
        AccountsPage.time(page, "time", record.epochMillis());
        page.put("key", record.key() == null ? "" : record.key().toString())
                .put("model", record.modelAsked())
                .put("modelServed", record.modelServed())
                .put("account", record.account() == null ? "" : record.account().toString())
                .put("formatIn", record.formatIn())
                .put("formatOut", record.formatOut())
                .put("stream", record.stream())
                .put("status", record.status())
                .put("outcome", record.outcome().text())
                .put("attempts", record.attempts())
                .put("warnings", record.warnings())
                .put("totalMillis", record.totalMillis())
                .put("firstByteMillis", record.firstByteMillis())
                .put("upstreamMillis", record.upstreamMillis());
    }

    private static void failure(ObjectNode page, DecisionLog.FailedAttempt failure) {
        Evidence evidence = failure.evidence();
        page.put("account", failure.account().toString())
                .put("model", failure.model())
                .put("class", evidence.failure().name())
                .put("httpStatus", evidence.status())
                .put("spent", evidence.spent())
                .put("scope", evidence.scope().name())
                .put("message", evidence.text())
                .put("millis", failure.millis());
    }
}
