package dev.llmgateway.runtime.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.runtime.exchange.Services;
import dev.llmgateway.runtime.exchange.Snapshot;
import dev.llmgateway.runtime.usage.Counters;
import dev.llmgateway.runtime.usage.UsageHistory;
import java.util.Map;
import java.util.TreeMap;

/// `/usage?since=15m`: what keys and accounts of the plan have used in the last minutes, 60 at
/// most.
final class UsagePage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MINUTES = 60;

    private final Services services;

    UsagePage(Services services) {
        this.services = services;
    }

    /// @param since a duration; one that is none means the whole hour
    String json(String since) {
        int minutes = minutes(since);
        UsageHistory.Reading used = services.history().since(services.usage(), minutes);
        ObjectNode page = JSON.createObjectNode().put("minutes", minutes);
        Snapshot snapshot = services.live().current();
        if (snapshot != null) {
            Map<String, String> keys = new TreeMap<>();
            snapshot.plan().keys().forEach(key -> keys.put(key.uid(), key.ref().toString()));
            Map<String, String> accounts = new TreeMap<>();
            snapshot.plan()
                    .accounts()
                    .forEach(each -> accounts.put(each.uid(), each.ref().toString()));
            totals(page.putObject("keys"), used.keys(), keys);
            totals(page.putObject("accounts"), used.accounts(), accounts);
        }
        return page.toPrettyString();
    }

    /// Of `90s`, `15m` or `1h`, at least one.
    private static int minutes(String since) {
        if (!since.matches("[0-9]{1,6}[smh]")) {
            return MINUTES;
        }
        int number = Integer.parseInt(since, 0, since.length() - 1, 10);
        int minutes =
                switch (since.charAt(since.length() - 1)) {
                    case 's' -> number / 60;
                    case 'h' -> Math.min(number, 1) * 60;
                    default -> number;
                };
        return Math.clamp(minutes, 1, MINUTES);
    }

    /// What is no longer in the plan is told by its UID.
    private static void totals(
            ObjectNode page, Map<String, Counters.Totals> used, Map<String, String> names) {
        used.forEach((uid, totals) ->
                AccountsPage.used(page.putObject(names.getOrDefault(uid, uid)), totals));
    }
}
