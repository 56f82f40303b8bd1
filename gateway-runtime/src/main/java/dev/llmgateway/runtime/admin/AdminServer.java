package dev.llmgateway.runtime.admin;

import dev.llmgateway.runtime.exchange.Services;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/// The admin port: probes for everyone, the rest for who holds a token, where tokens are set.
public final class AdminServer {
    private static final long MINUTE_MILLIS = 60_000;

    private static final String DECISIONS = "/decisions/";

    private final PlanPage plan;
    private final AccountsPage accounts;
    private final ExplainPage explain;
    private final DecisionPage decisions;
    private final MetricsPage metrics;
    private final AdminFacts facts;
    private final Services services;
    private final AdminTokens tokens;
    private final ReportPage report;
    private final UsagePage usage;
    private final TestPage test;

    public AdminServer(Services services, AdminFacts facts, AdminTokens tokens) {
        this.plan = new PlanPage(services, facts);
        this.accounts = new AccountsPage(services);
        this.explain = new ExplainPage(services);
        this.decisions = new DecisionPage(services.decisions());
        this.metrics = new MetricsPage(services, facts);
        this.facts = facts;
        this.services = services;
        this.tokens = tokens;
        this.usage = new UsagePage(services);
        this.test = new TestPage(services, AdminServer::reply);
        this.report = new ReportPage(services, facts, AdminServer::json);
    }

    /// Listens; the future holds the server with its actual port.
    public Future<HttpServer> start(Vertx vertx, String host, int port) {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setHttp2ClearTextEnabled(false)
                        .setIdleTimeout(75);
        vertx.setPeriodic(MINUTE_MILLIS, _ -> services.history().minute(services.usage()));
        return vertx.createHttpServer(options).requestHandler(this::serve).listen();
    }

    private void serve(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.POST) && path(request).equals("/test")) {
            guarded(request);
            return;
        }
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            text(request, 405, "only GET");
            return;
        }
        switch (path(request)) {
            case "/livez" -> text(request, 200, "ok");
            case "/readyz" -> ready(request);
            default -> guarded(request);
        }
    }

    private void ready(HttpServerRequest request) {
        String not = whyNotReady("required".equals(request.getParam("accounts")));
        if (not.isEmpty()) {
            text(request, 200, "ok");
        } else {
            text(request, 503, not);
        }
    }

    private String whyNotReady(boolean accountsRequired) {
        var snapshot = services.live().current();
        if (facts.draining()) {
            return "draining";
        }
        if (snapshot == null) {
            return "no plan loaded: " + String.join("; ", facts.report().problems());
        }
        if (!facts.listening()) {
            return "not listening yet";
        }
        boolean usable =
                snapshot.plan().accounts().stream().anyMatch(account -> !account.suspended());
        return accountsRequired && !usable ? "no usable account" : "";
    }

    private void guarded(HttpServerRequest request) {
        if (!authorized(request)) {
            request.response().putHeader("www-authenticate", "Bearer");
            text(request, 401, "the admin port's token is needed");
            return;
        }
        switch (path(request)) {
            case "/plan" -> json(request, plan.json());
            case "/accounts" -> json(request, accounts.json());
            case "/report" -> report(request);
            case "/explain" -> explain(request);
            case "/usage" -> json(request, usage.json(request.getParam("since", "1h")));
            case "/test" -> test(request);
            case "/metrics" ->
                    reply(request, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.text());
            case String path when path.startsWith(DECISIONS) ->
                    decision(request, path.substring(DECISIONS.length()));
            case String _ ->
                    text(
                            request,
                            404,
                            "no such page; there are /livez /readyz /plan /accounts /explain"
                                    + " /decisions/REQUEST-ID /report /usage /metrics, and POST /test");
        }
    }

    private void test(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.POST)) {
            test.serve(request);
        } else {
            text(request, 405, "only POST");
        }
    }

    private static String path(HttpServerRequest request) {
        String path = request.path();
        return path == null ? "" : path;
    }

    private boolean authorized(HttpServerRequest request) {
        return tokens.accept(request.getHeader("authorization"));
    }

    /// Without `after` the reader gets everything at once.
    private void report(HttpServerRequest request) {
        String after = request.getParam("after", "-1");
        try {
            report.serve(request, Long.parseLong(after));
        } catch (NumberFormatException _) {
            text(request, 400, "needs ?after=SEQUENCE, the number of the last report");
        }
    }

    private void decision(HttpServerRequest request, String requestId) {
        Optional<String> page = decisions.json(requestId);
        if (page.isPresent()) {
            json(request, page.get());
        } else {
            text(
                    request,
                    404,
                    "not among the last 1,000 requests with a retry, an error or a warning, nor in"
                            + " the sample of 1 %");
        }
    }

    private void explain(HttpServerRequest request) {
        String key = request.getParam("key");
        String model = request.getParam("model");
        if (key == null || model == null) {
            text(request, 400, "needs ?key=NAMESPACE/NAME&model=NAME");
            return;
        }
        Optional<String> page = explain.json(key, model);
        if (page.isPresent()) {
            json(request, page.get());
        } else {
            text(request, 404, "no such key in the plan");
        }
    }

    private static void json(HttpServerRequest request, String body) {
        reply(request, 200, "application/json", body);
    }

    private static void text(HttpServerRequest request, int status, String body) {
        reply(request, status, "text/plain; charset=utf-8", body + "\n");
    }

    private static void reply(HttpServerRequest request, int status, String type, String body) {
        HttpServerResponse response =
                request.response().setStatusCode(status).putHeader("content-type", type);
        response.end(body).onFailure(_ -> request.connection().close());
    }
}
