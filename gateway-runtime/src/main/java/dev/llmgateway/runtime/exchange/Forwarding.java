package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.model.RetryAfter;
import dev.llmgateway.runtime.transport.HeaderLines;
import dev.llmgateway.runtime.transport.ResponseHead;
import dev.llmgateway.runtime.upstream.ReplyHeaders;
import java.util.OptionalLong;

/// What of an upstream's reply is the client's business.
final class Forwarding {
    /// Longest wait that is believed (reliability-security.md R10).
    private static final long LONGEST_WAIT_MILLIS = 300_000;

    private static final String EVENT_STREAM = "text/event-stream";

    private Forwarding() {}

    static boolean isEventStream(ResponseHead head) {
        String type = head.header("content-type");
        return type != null && type.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
    }

    /// Whether a reply is judged before the client may have it: it is no success, and it is ours to
    /// make good, or in words that the client would not understand. What `Simulated` plays, and
    /// replies to a caller's own credential, reach the client unchanged.
    static boolean judged(int status, Candidate candidate, boolean foreign) {
        return (status < 200 || status > 299) && (foreign ? status >= 400 : pooled(candidate));
    }

    /// Whether faults of the account are ours to make good.
    static boolean pooled(Candidate candidate) {
        return candidate.account().provider() != Provider.Simulated
                && !(candidate.account().credential() instanceof CredentialPlan.Passthrough);
    }

    /// What the upstream asks to wait; empty: nothing usable.
    static OptionalLong retryAfterMillis(ResponseHead head, long nowMillis) {
        return ReplyHeaders.retryAfter(head, nowMillis, LONGEST_WAIT_MILLIS);
    }

    /// The same, or where the head says nothing, what the error's words ask.
    static OptionalLong retryAfterMillis(ResponseHead head, String words, long nowMillis) {
        OptionalLong told = retryAfterMillis(head, nowMillis);
        return told.isPresent() ? told : RetryAfter.said(words, LONGEST_WAIT_MILLIS);
    }

    /// As much of a wait as is believed.
    static long believed(long waitMillis) {
        return Math.min(waitMillis, LONGEST_WAIT_MILLIS);
    }

    /// Seconds the upstream asks to wait, in its head or its words, rounded up; 0: nothing usable
    /// was said.
    static int retryAfter(ResponseHead head, String words, long nowMillis) {
        OptionalLong millis = retryAfterMillis(head, words, nowMillis);
        return millis.isEmpty() ? 0 : Math.toIntExact((millis.getAsLong() + 999) / 1_000);
    }

    /// Adds what the client gets of a reply's head to `lines`, and answers them.
    static HeaderLines headers(HeaderLines lines, ResponseHead head, boolean stream, Trail trail) {
        ReplyHeaders.copy(head, lines);
        Answers.ids(lines, trail.requestId());
        if (stream) {
            lines.add("cache-control", "no-cache").add("x-accel-buffering", "no");
        }
        lines.add("x-gateway-attempts", trail.attempts());
        return lines.add("server-timing", gatewayTime(trail.gatewayMicros()));
    }

    /// The head of a translated reply: nothing of the upstream's.
    static HeaderLines translated(HeaderLines lines, Translation translation, Trail trail) {
        boolean stream = translation.clientStreams();
        lines.add("content-type", stream ? EVENT_STREAM + "; charset=utf-8" : "application/json");
        Answers.ids(lines, trail.requestId());
        if (stream) {
            lines.add("cache-control", "no-cache").add("x-accel-buffering", "no");
        }
        Warnings.add(translation.losses(), lines);
        lines.add("x-gateway-attempts", trail.attempts());
        return lines.add("server-timing", gatewayTime(trail.gatewayMicros()));
    }

    /// Milliseconds with three decimals, by integer arithmetic.
    private static String gatewayTime(long micros) {
        long rest = micros % 1_000;
        String padding = rest < 10 ? "00" : rest < 100 ? "0" : "";
        return "gateway;dur=" + micros / 1_000 + '.' + padding + rest;
    }
}
