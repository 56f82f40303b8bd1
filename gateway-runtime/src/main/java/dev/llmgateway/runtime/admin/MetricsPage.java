package dev.llmgateway.runtime.admin;

import dev.llmgateway.runtime.exchange.Services;
import dev.llmgateway.runtime.telemetry.Exposition;
import dev.llmgateway.runtime.transport.LoopLags;
import dev.llmgateway.runtime.transport.TransportStats;

/// `/metrics` in the Prometheus text format.
final class MetricsPage {
    private final Services services;
    private final AdminFacts facts;

    MetricsPage(Services services, AdminFacts facts) {
        this.services = services;
        this.facts = facts;
    }

    String text() {
        Exposition page = new Exposition();
        services.meters().expose(page);
        new AccountSamples(services).expose(page);
        transport(page);
        page.family(
                "llm_gateway_config_problems",
                "gauge",
                "Objects left out or kept back by the last load.");
        page.sample("llm_gateway_config_problems", "", facts.report().errors());
        page.family(
                "llm_gateway_access_log_dropped",
                "counter",
                "Access log lines lost because the writer was behind.");
        page.sample("llm_gateway_access_log_dropped_total", "", services.accessLog().dropped());
        return page.text();
    }

    private void transport(Exposition page) {
        TransportStats stats = facts.transport();
        page.family("llm_gateway_client_connections", "gauge", "Open client connections.");
        page.sample("llm_gateway_client_connections", "", stats.clientConnections());
        page.family("llm_gateway_upstream_connections", "gauge", "Upstream connections by state.");
        page.sample("llm_gateway_upstream_connections", "state=\"leased\"", stats.upstreamLeased());
        page.sample("llm_gateway_upstream_connections", "state=\"idle\"", stats.upstreamIdle());
        page.family("llm_gateway_body_bytes", "gauge", "Request body bytes held now.");
        page.sample("llm_gateway_body_bytes", "", stats.bufferedBodyBytes());
        loops(page, stats.lags());
    }

    private static void loops(Exposition page, LoopLags lags) {
        String name = "llm_gateway_event_loop_lag_seconds";
        page.family(name, "histogram", "How late event loops came to a task that was due.");
        long seen = 0;
        for (int i = 0; i < LoopLags.BOUNDS.size(); i++) {
            seen += lags.counts().get(i);
            String bound = Double.toString(LoopLags.BOUNDS.get(i) / 1000.0);
            page.sample(name + "_bucket", "le=\"" + bound + "\"", seen);
        }
        seen += lags.counts().getLast();
        page.sample(name + "_bucket", "le=\"+Inf\"", seen);
        page.sample(name + "_count", "", seen);
        page.seconds(name + "_sum", lags.sumMillis());
        String worst = "llm_gateway_event_loop_lag_max_seconds";
        page.family(worst, "gauge", "The most that an event loop was late since the start.");
        page.seconds(worst, lags.worstMillis());
    }
}
