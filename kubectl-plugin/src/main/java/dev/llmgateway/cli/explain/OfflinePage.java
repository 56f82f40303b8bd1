package dev.llmgateway.cli.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.offline.Routes;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.crds.compile.Compilation;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.WireFormat;
import java.util.Optional;

/// What the gateway's `/explain` would say of a plan, but for the health of accounts. Pure.
final class OfflinePage {
    private OfflinePage() {}

    /// Empty: no plan has such a key.
    static Optional<JsonNode> of(Compilation compilation, String key, String model) {
        for (GatewayPlan plan : compilation.plans().values()) {
            for (KeyPlan each : plan.keys()) {
                if (each.ref().toString().equals(key)) {
                    return Optional.of(page(plan, each, model));
                }
            }
        }
        return Optional.empty();
    }

    private static ObjectNode page(GatewayPlan plan, KeyPlan key, String model) {
        ObjectNode page =
                Json.object()
                        .put("key", key.ref().toString())
                        .put("model", model)
                        .put("revision", "")
                        .put("strategy", plan.settings().strategy())
                        .put("affinity", plan.settings().affinity().enabled());
        ObjectNode formats = page.putObject("formats");
        for (WireFormat format : WireFormat.values()) {
            if (format != WireFormat.Models) {
                answer(formats.putObject(format.name()), Routes.of(plan, key, model, format));
            }
        }
        return page;
    }

    private static void answer(ObjectNode page, Routes.Answer answer) {
        page.put("route", answer.route());
        ArrayNode candidates = page.putArray("candidates");
        for (Routes.Offer offer : answer.offers()) {
            candidates
                    .addObject()
                    .put("tier", offer.tier())
                    .put("account", offer.account().ref().toString())
                    .put("model", offer.model())
                    .put("format", offer.format().name())
                    .put("targetPriority", offer.targetPriority())
                    .put("accountPriority", offer.account().priority())
                    .put("weight", offer.weight());
        }
        ArrayNode excluded = page.putArray("excluded");
        for (Routes.Excluded out : answer.excluded()) {
            excluded.addObject()
                    .put("account", out.account().ref().toString())
                    .put("reason", out.reason().name())
                    .put("message", out.reason().text());
        }
    }
}
