package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.admin.AdminPort;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Json;
import java.util.ArrayList;
import java.util.List;

/// One tiny real call through a running gateway, pinned to one account.
public final class DeepTests {
    private DeepTests() {}

    /// Every account that is not suspended.
    public static List<JsonNode> run(Session session) {
        List<JsonNode> results = new ArrayList<>();
        try (Fleet fleet = Fleet.chosen(session)) {
            for (JsonNode account : session.objects().list(Kind.ACCOUNT, "")) {
                if (!Facts.suspended(account)) {
                    results.add(
                            one(fleet, Facts.namespace(account) + "/" + Facts.name(account), ""));
                }
            }
        }
        return results;
    }

    /// @param account `namespace/name`
    /// @param model empty: one that the account serves
    /// @return `{account, model, status, millis, message}`
    public static JsonNode one(Fleet fleet, String account, String model) {
        if (fleet.ports().isEmpty()) {
            throw new Failure(ExitCode.FAILURE, "noServer");
        }
        AdminPort port = fleet.ports().getFirst();
        String question = Json.compact(Json.object().put("account", account).put("model", model));
        AdminPort.Answer answer =
                port.post("/test", question)
                        .orElseThrow(() -> new Failure(ExitCode.FAILURE, "noServer"));
        if (answer.status() == 404) {
            throw new Failure(ExitCode.NOT_FOUND, "accountNotServed", account);
        }
        if (!answer.ok()) {
            throw new Failure(
                    ExitCode.FAILURE, "testRefused", answer.status(), answer.body().strip());
        }
        return answer.json();
    }
}
