package dev.llmgateway.runtime.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.EgressPlan;
import dev.llmgateway.runtime.balance.AccountView;
import dev.llmgateway.runtime.balance.Cause;
import dev.llmgateway.runtime.balance.HealthChange;
import dev.llmgateway.runtime.exchange.Services;
import dev.llmgateway.runtime.exchange.Snapshot;
import dev.llmgateway.runtime.usage.Counters;
import java.time.Instant;

/// `/accounts`: health with its reasons, load, quota and use of every account. No secrets.
final class AccountsPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Services services;

    AccountsPage(Services services) {
        this.services = services;
    }

    String json() {
        ArrayNode page = JSON.createArrayNode();
        Snapshot snapshot = services.live().current();
        if (snapshot != null) {
            snapshot.plan().accounts().forEach(account -> account(page.addObject(), account));
        }
        return page.toPrettyString();
    }

    private void account(ObjectNode page, AccountPlan account) {
        AccountView view = services.accounts().of(account.uid()).view();
        page.put("account", account.ref().toString())
                .put("provider", account.provider().name())
                .put("pool", account.pool())
                .put("priority", account.priority())
                .put("weight", account.weight())
                .put("suspended", account.suspended())
                .put("state", account.suspended() ? "Suspended" : view.state())
                .put("phase", view.phase())
                .put("scope", view.scope().name());
        time(page, "until", view.untilMillis());
        view.lastFailure().ifPresent(cause -> failure(page.putObject("lastFailure"), cause));
        page.put("inFlight", view.inFlight()).put("latencyMillis", view.latencyMillis());
        if (!view.headroom().window().isEmpty()) {
            ObjectNode quota = page.putObject("quota");
            quota.put("window", view.headroom().window())
                    .put("left", view.headroom().left())
                    .put("rejected", view.headroom().rejected());
            time(quota, "resetsAt", view.headroom().resetAtMillis());
        }
        egress(page.putObject("egress"), account.egress());
        ArrayNode models = page.putArray("models");
        for (AccountView.ModelView model : view.models()) {
            ObjectNode entry = models.addObject();
            entry.put("model", model.model())
                    .put("state", model.state())
                    .put("phase", model.phase());
            time(entry, "until", model.untilMillis());
        }
        used(page.putObject("usage"), services.usage().account(account.uid()).totals());
        ArrayNode changes = page.putArray("changes");
        view.changes().forEach(change -> change(changes.addObject(), change));
    }

    private static void egress(ObjectNode page, EgressPlan egress) {
        page.put("httpProxy", egress.httpProxy()).put("httpsProxy", egress.httpsProxy());
        ArrayNode direct = page.putArray("noProxy");
        egress.noProxy().forEach(direct::add);
    }

    private static void failure(ObjectNode page, Cause cause) {
        page.put("class", cause.failure().name())
                .put("httpStatus", cause.status())
                .put("message", cause.text());
        time(page, "time", cause.atMillis());
    }

    static void used(ObjectNode page, Counters.Totals used) {
        page.put("requests", used.requests())
                .put("errors", used.errors())
                .put("inputTokens", used.inputTokens())
                .put("outputTokens", used.outputTokens())
                .put("cacheReadTokens", used.cacheReadTokens())
                .put("cacheWriteTokens", used.cacheWriteTokens())
                .put("cacheReadRatio", used.cacheReadRatio());
    }

    private static void change(ObjectNode page, HealthChange change) {
        time(page, "time", change.atMillis());
        if (!change.model().isEmpty()) {
            page.put("model", change.model());
        }
        page.put("from", change.from()).put("to", change.to());
        time(page, "until", change.untilMillis());
        if (!change.why().isEmpty()) {
            page.put("why", change.why());
        }
    }

    /// RFC 3339; 0: the member is left out.
    static void time(ObjectNode page, String name, long epochMillis) {
        if (epochMillis > 0) {
            page.put(name, Instant.ofEpochMilli(epochMillis).toString());
        }
    }
}
