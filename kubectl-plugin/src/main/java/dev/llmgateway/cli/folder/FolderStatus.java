package dev.llmgateway.cli.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.offline.Reading;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.crds.compile.Diagnostic;
import java.util.List;
import java.util.Optional;

/// The status that the operator would write, from the compile and from what the running gateway
/// tells. Pure.
final class FolderStatus {
    private final Reading reading;
    private final Optional<JsonNode> live;

    /// @param live the gateway's `/accounts`; empty: no gateway serves this folder
    FolderStatus(Reading reading, Optional<JsonNode> live) {
        this.reading = reading;
        this.live = live;
    }

    ObjectNode of(Kind kind, FolderObject object) {
        ObjectNode status = Json.object();
        ArrayNode conditions = Json.array();
        List<Problem> problems = problems(kind, object);
        for (String type : types(kind)) {
            conditions.add(condition(type, problems));
        }
        boolean suspended = object.tree().path("spec").path("suspended").asBoolean();
        JsonNode account = kind == Kind.ACCOUNT ? account(object) : Json.object();
        switch (kind) {
            case ACCOUNT -> {
                account(status, suspended, !problems.isEmpty(), account);
                FolderFingerprint.fill(status, object, reading);
            }
            case KEY -> FolderKeyStatus.fill(status, object, reading);
            case GATEWAY -> {}
        }
        conditions.add(programmed(problems));
        conditions.add(ready(problems, suspended));
        status.set("conditions", conditions);
        return status;
    }

    private static List<String> types(Kind kind) {
        return switch (kind) {
            case ACCOUNT, GATEWAY -> List.of("Accepted", "ResolvedRefs");
            case KEY -> List.of("Accepted", "SecretReady");
        };
    }

    /// Why an object is not in force.
    record Problem(String condition, String reason, String message) {}

    private List<Problem> problems(Kind kind, FolderObject object) {
        List<Problem> read =
                reading.problems().stream()
                        .filter(each ->
                                each.source().file().equals(object.file())
                                        && each.source().document() == object.document().position())
                        .map(each -> new Problem("Accepted", "UnsupportedValue", each.toString()))
                        .toList();
        if (!read.isEmpty()) {
            return read;
        }
        return reading.of(kind.kind(), object.namespace(), object.name()).stream()
                .filter(each ->
                        Reading.isError(each) || each.reason().condition().equals("SecretReady"))
                .map(FolderStatus::problem)
                .toList();
    }

    private static Problem problem(Diagnostic diagnostic) {
        return new Problem(
                diagnostic.reason().condition(),
                diagnostic.reason().name(),
                diagnostic.path() + ": " + diagnostic.message());
    }

    private static ObjectNode condition(String type, List<Problem> problems) {
        for (Problem problem : problems) {
            if (problem.condition().equals(type)) {
                return condition(type, "False", problem.reason(), problem.message());
            }
        }
        return condition(type, "True", type.equals("SecretReady") ? "Generated" : type, "");
    }

    private ObjectNode programmed(List<Problem> problems) {
        if (!problems.isEmpty()) {
            return condition("Programmed", "False", "Pending", "the object is left out");
        }
        return live.isPresent()
                ? condition("Programmed", "True", "Programmed", "")
                : condition(
                        "Programmed",
                        "False",
                        "Pending",
                        "no gateway serves this folder: run `server start`");
    }

    private ObjectNode ready(List<Problem> problems, boolean suspended) {
        if (!problems.isEmpty()) {
            Problem first = problems.getFirst();
            return condition("Ready", "False", first.reason(), first.message());
        }
        if (suspended) {
            return condition("Ready", "False", "Suspended", "spec.suspended is true");
        }
        return live.isPresent()
                ? condition("Ready", "True", "Ready", "")
                : condition(
                        "Ready",
                        "False",
                        "Pending",
                        "no gateway serves this folder: run `server start`");
    }

    private static ObjectNode condition(String type, String status, String reason, String message) {
        return Json.object()
                .put("type", type)
                .put("status", status)
                .put("reason", reason)
                .put("message", message);
    }

    private JsonNode account(FolderObject object) {
        String ref = object.namespace() + "/" + object.name();
        for (JsonNode account : live.orElseGet(Json::array)) {
            if (account.path("account").asText().equals(ref)) {
                return account;
            }
        }
        return Json.object();
    }

    private static void account(
            ObjectNode status, boolean suspended, boolean broken, JsonNode live) {
        String told = live.path("state").asText();
        String state = suspended ? "Suspended" : told.isEmpty() || broken ? "Pending" : told;
        status.put("state", state);
        if (live.path("usage").isObject()) {
            status.set("usage", live.path("usage"));
        }
        if (live.has("lastFailure") || live.has("until")) {
            ObjectNode health = status.putObject("health");
            health.set("until", live.path("until"));
            health.set("scope", live.path("scope"));
            health.set("lastFailure", live.path("lastFailure"));
        }
    }
}
