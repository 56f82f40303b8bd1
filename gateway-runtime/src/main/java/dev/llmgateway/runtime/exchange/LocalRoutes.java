package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.ModelMapping;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.RoutePlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.admission.Permissions;
import dev.llmgateway.runtime.dialect.ModelsList;
import dev.llmgateway.runtime.dialect.Operation;
import dev.llmgateway.runtime.dialect.Route;
import dev.llmgateway.runtime.dialect.json.JsonText;
import dev.llmgateway.runtime.model.Caller;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.routing.Question;
import dev.llmgateway.runtime.transport.Response;
import dev.llmgateway.runtime.usage.Counters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Routes the gateway answers itself: the models a key may call, and what it has used.
final class LocalRoutes {
    private static final List<WireFormat> GENERATING =
            List.of(
                    WireFormat.Messages,
                    WireFormat.ChatCompletions,
                    WireFormat.Responses,
                    WireFormat.Completions,
                    WireFormat.Embeddings);

    private final Services services;
    private final Snapshot snapshot;
    private final Caller caller;

    LocalRoutes(Services services, Snapshot snapshot, Caller caller) {
        this.services = services;
        this.snapshot = snapshot;
        this.caller = caller;
    }

    /// Whether the gateway answers an operation without an upstream.
    static boolean answers(Operation operation) {
        return switch (operation) {
            case Models, ModelById, Usage, Status -> true;
            case Messages,
                    CountTokens,
                    ChatCompletions,
                    Completions,
                    Responses,
                    ResponseById,
                    ResponsesCompact,
                    InputTokens,
                    Embeddings,
                    Root,
                    Unknown ->
                    false;
        };
    }

    Response answer(Route route, String query, String requestId) {
        return switch (route.operation()) {
            case Models ->
                    Answers.ok(ModelsList.list(models(), ModelsList.Page.of(query)), requestId);
            case ModelById -> model(route.id(), requestId);
            case Usage -> Answers.ok(usage(), requestId);
            default ->
                    Answers.error(
                            GatewayError.of(
                                    ErrorCode.TRANSLATION_MISSING,
                                    "This version does not serve this route yet."),
                            null,
                            requestId);
        };
    }

    private Response model(String id, String requestId) {
        for (ModelsList.Entry model : models()) {
            if (model.id().equals(id)) {
                return Answers.ok(ModelsList.single(model), requestId);
            }
        }
        return callable(id)
                ? Answers.ok(
                        ModelsList.single(new ModelsList.Entry(id, "llm-gateway", id, 0)),
                        requestId)
                : Answers.error(Faults.modelNotFound(id), null, requestId);
    }

    /// Names that can be told: exact names of routes and accounts. What only a pattern serves has
    /// no name to list.
    private List<ModelsList.Entry> models() {
        Map<String, String> owners = new TreeMap<>();
        for (AccountPlan account : snapshot.plan().accounts()) {
            for (ModelMapping mapping : account.models()) {
                name(owners, mapping.pattern(), account.provider().name());
            }
            if (account.provider() == Provider.Simulated) {
                services.simulated()
                        .models()
                        .forEach(name -> name(owners, name, account.provider().name()));
            }
        }
        for (RoutePlan route : caller.key().routes()) {
            name(owners, route.match(), "llm-gateway");
        }
        for (RoutePlan route : snapshot.plan().routes()) {
            name(owners, route.match(), "llm-gateway");
        }
        return owners.entrySet().stream()
                .filter(entry -> callable(entry.getKey()))
                .map(entry ->
                        new ModelsList.Entry(entry.getKey(), entry.getValue(), entry.getKey(), 0))
                .toList();
    }

    private static void name(Map<String, String> owners, String pattern, String owner) {
        if (!pattern.endsWith("*")) {
            owners.putIfAbsent(pattern, owner);
        }
    }

    private boolean callable(String model) {
        return Permissions.model(caller, model).isEmpty()
                && GENERATING.stream()
                        .anyMatch(format ->
                                !snapshot.routes()
                                        .decide(new Question(caller, model, format, false))
                                        .isEmpty());
    }

    private String usage() {
        Counters.Totals used = services.usage().key(caller.key().uid()).totals();
        return "{\"key\":"
                + JsonText.quoted(caller.key().ref().toString())
                + ",\"requests\":"
                + used.requests()
                + ",\"errors\":"
                + used.errors()
                + ",\"input_tokens\":"
                + used.inputTokens()
                + ",\"output_tokens\":"
                + used.outputTokens()
                + ",\"cache_read_tokens\":"
                + used.cacheReadTokens()
                + ",\"cache_write_tokens\":"
                + used.cacheWriteTokens()
                + "}";
    }
}
