package dev.llmgateway.runtime.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.runtime.exchange.Services;
import dev.llmgateway.runtime.exchange.TestCalls.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/// `POST /test {account, model}`: one tiny real call, whose outcome also counts for the account's
/// health.
final class TestPage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 4_096;

    private final Services services;
    private final Answer answer;

    /// Sends a page.
    interface Answer {
        void send(HttpServerRequest request, int status, String type, String body);
    }

    TestPage(Services services, Answer answer) {
        this.services = services;
        this.answer = answer;
    }

    void serve(HttpServerRequest request) {
        Context admin = Objects.requireNonNull(Vertx.currentContext(), "on the loop");
        request.body()
                .onSuccess(body -> {
                    JsonNode asked = read(body.length() > LONGEST ? "" : body.toString());
                    String account = asked.path("account").asText();
                    if (account.isEmpty()) {
                        refuse(
                                request,
                                400,
                                "needs {\"account\": \"NAMESPACE/NAME\", \"model\": \"NAME\"}");
                        return;
                    }
                    services.testCalls()
                            .ask(
                                    account,
                                    asked.path("model").asText(),
                                    outcome -> admin.runOnContext(_ -> tell(request, outcome)));
                })
                .onFailure(_ -> request.connection().close());
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException _) {
            return JSON.createObjectNode();
        }
    }

    private void tell(HttpServerRequest request, Outcome outcome) {
        switch (outcome) {
            case Outcome.Unknown() -> refuse(request, 404, "no such account in the plan");
            case Outcome.Impossible(String why) -> refuse(request, 409, why);
            case Outcome.Made(var account, var model, var status, var millis, var message) ->
                    answer.send(
                            request,
                            200,
                            "application/json",
                            JSON.createObjectNode()
                                    .put("account", account)
                                    .put("model", model)
                                    .put("status", status)
                                    .put("millis", millis)
                                    .put("message", message)
                                    .toPrettyString());
        }
    }

    private void refuse(HttpServerRequest request, int status, String why) {
        answer.send(request, status, "text/plain; charset=utf-8", why + "\n");
    }
}
