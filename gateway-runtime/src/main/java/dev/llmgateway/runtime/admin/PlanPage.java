package dev.llmgateway.runtime.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.crds.plan.PlanCodec;
import dev.llmgateway.runtime.exchange.LoadReport;
import dev.llmgateway.runtime.exchange.Services;
import dev.llmgateway.runtime.exchange.Snapshot;

/// `/plan`: what is loaded. No secrets.
final class PlanPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Services services;
    private final AdminFacts facts;

    PlanPage(Services services, AdminFacts facts) {
        this.services = services;
        this.facts = facts;
    }

    String json() {
        LoadReport report = facts.report();
        ObjectNode page = JSON.createObjectNode();
        page.put("revision", report.revision()).put("loadedAtMillis", report.loadedAtMillis());
        Snapshot snapshot = services.live().current();
        if (snapshot != null) {
            page.put("gateway", snapshot.plan().gateway().toString());
            page.put("accounts", snapshot.plan().accounts().size());
            page.put("keys", snapshot.plan().keys().size());
            page.put("modelRoutes", snapshot.plan().routes().size());
        }
        page.put("readyPods", report.readyPods());
        if (snapshot != null) {
            page.put("digest", PlanCodec.digest(snapshot.plan()));
        }
        ObjectNode parts = page.putObject("parts");
        report.digests().forEach(parts::put);
        page.put("errors", report.errors());
        ArrayNode problems = page.putArray("problems");
        report.problems().forEach(problems::add);
        return page.toPrettyString();
    }
}
