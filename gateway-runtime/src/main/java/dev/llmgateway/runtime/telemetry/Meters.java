package dev.llmgateway.runtime.telemetry;

import dev.llmgateway.runtime.model.FailureClass;
import dev.llmgateway.runtime.model.Usage;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Process-wide meters of the data path. Fixed series only, so nothing a client sends can add one.
public final class Meters {
    /// Upper bounds of the duration histogram in milliseconds.
    private static final long[] BOUNDS = {
        5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000
    };

    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    private final LongAdder[] durations = adders(BOUNDS.length + 1);
    private final LongAdder durationSum = new LongAdder();
    private final Map<FailureClass, LongAdder> failures = new EnumMap<>(FailureClass.class);
    private final LongAdder calls = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder retriesDenied = new LongAdder();
    private final LongAdder inputTokens = new LongAdder();
    private final LongAdder outputTokens = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();

    public Meters() {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
        for (FailureClass failure : FailureClass.values()) {
            failures.put(failure, new LongAdder());
        }
    }

    /// @return requests in flight, this one included
    public int started() {
        return inFlight.incrementAndGet();
    }

    /// Counts one ended request.
    public void settled(Outcome outcome, long millis, Usage usage) {
        inFlight.decrementAndGet();
        LongAdder counter = outcomes.get(outcome);
        if (counter != null) {
            counter.increment();
        }
        durations[bucket(millis)].increment();
        durationSum.add(millis);
        inputTokens.add(usage.input() + usage.cacheRead() + usage.cacheWrite());
        outputTokens.add(usage.output());
    }

    /// An upstream is called.
    public void called() {
        calls.increment();
    }

    /// An upstream call failed.
    public void failed(FailureClass failure) {
        LongAdder counter = failures.get(failure);
        if (counter != null) {
            counter.increment();
        }
    }

    /// A request is asked of another account.
    public void retried() {
        retries.increment();
    }

    /// A request is not asked again, although an account was there: the retry budget is spent.
    public void retryDenied() {
        retriesDenied.increment();
    }

    /// Upstream calls so far.
    public long calls() {
        return calls.sum();
    }

    public int inFlight() {
        return inFlight.get();
    }

    /// Appends all series in the Prometheus text format.
    public void expose(Exposition page) {
        page.family("llm_gateway_requests", "counter", "Requests by how they ended.");
        outcomes.forEach((outcome, count) ->
                page.sample(
                        "llm_gateway_requests_total",
                        "outcome=\"" + outcome.text() + "\"",
                        count.sum()));
        page.family("llm_gateway_requests_in_flight", "gauge", "Requests being served.");
        page.sample("llm_gateway_requests_in_flight", "", inFlight());
        page.family("gen_ai_client_token_usage", "counter", "Tokens by direction.");
        page.sample(
                "gen_ai_client_token_usage_total",
                "gen_ai_token_type=\"input\"",
                inputTokens.sum());
        page.sample(
                "gen_ai_client_token_usage_total",
                "gen_ai_token_type=\"output\"",
                outputTokens.sum());
        exposeCalls(page);
        exposeDurations(page);
    }

    private void exposeCalls(Exposition page) {
        page.family("llm_gateway_upstream_calls", "counter", "Calls of upstreams.");
        page.sample("llm_gateway_upstream_calls_total", "", calls.sum());
        page.family("llm_gateway_upstream_failures", "counter", "Failed calls by failure class.");
        failures.forEach((failure, count) ->
                page.sample(
                        "llm_gateway_upstream_failures_total",
                        "class=\"" + failure + "\"",
                        count.sum()));
        page.family("llm_gateway_retries", "counter", "Requests asked of one account more.");
        page.sample("llm_gateway_retries_total", "", retries.sum());
        page.family(
                "llm_gateway_retries_denied",
                "counter",
                "Requests not asked again because the retry budget was spent.");
        page.sample("llm_gateway_retries_denied_total", "", retriesDenied.sum());
    }

    private void exposeDurations(Exposition page) {
        String name = "gen_ai_server_request_duration_seconds";
        page.family(name, "histogram", "Time from a request's head to the end of its reply.");
        long seen = 0;
        for (int i = 0; i < BOUNDS.length; i++) {
            seen += durations[i].sum();
            page.sample(name + "_bucket", "le=\"" + BOUNDS[i] / 1000.0 + "\"", seen);
        }
        seen += durations[BOUNDS.length].sum();
        page.sample(name + "_bucket", "le=\"+Inf\"", seen);
        page.sample(name + "_count", "", seen);
        page.seconds(name + "_sum", durationSum.sum());
    }

    private static int bucket(long millis) {
        int i = 0;
        while (i < BOUNDS.length && millis > BOUNDS[i]) {
            i++;
        }
        return i;
    }

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        java.util.Arrays.setAll(adders, _ -> new LongAdder());
        return adders;
    }
}
