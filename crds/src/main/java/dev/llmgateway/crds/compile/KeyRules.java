package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.Durations;
import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.api.GatewayKeySpec;
import java.time.Instant;
import java.util.Optional;

/// What a gateway asks of a key before it opens anything: expiry and access.
final class KeyRules {
    private static final String EXPIRES = "spec.expiresAt";

    private KeyRules() {}

    /// When the key ends, in epoch milliseconds; 0: never.
    static long checkExpiry(Subject<GatewayKeySpec> key, GatewayDraft gateway, Instant now) {
        String text = key.spec().expiresAt();
        GatewayConfigSpec.KeyPolicy policy = gateway.spec().keyPolicy();
        if (text == null) {
            if (policy.requireExpiry()) {
                refuse(key, "the gateway wants every key to end; add `spec: {expiresAt: TIME}`");
            }
            return 0;
        }
        Optional<Instant> end = Times.parse(text);
        if (end.isEmpty()) {
            key.findings()
                    .unsupported(EXPIRES, "must be an RFC 3339 time such as 2027-01-01T00:00:00Z");
            return 0;
        }
        checkTtl(key, policy, end.get(), now);
        return end.get().toEpochMilli();
    }

    /// Admin reaches the gateway's status route, so only its own namespace may grant it.
    static void checkAccess(Subject<GatewayKeySpec> key, GatewayDraft gateway) {
        if (key.spec().access().contains(GatewayKeySpec.Access.Admin)
                && !key.namespace().equals(gateway.ref().namespace())) {
            key.findings()
                    .error(
                            Reason.NotPermitted,
                            "spec.access",
                            "Admin is honoured only for keys in the GatewayConfig's namespace; use"
                                    + " `access: [Read, Write]`");
        }
    }

    /// From creation on, or from now where creation is unknown (a folder).
    private static void checkTtl(
            Subject<GatewayKeySpec> key,
            GatewayConfigSpec.KeyPolicy policy,
            Instant end,
            Instant now) {
        String longest = policy.maxTTL();
        Instant start = key.created().equals(Instant.EPOCH) ? now : key.created();
        if (longest != null
                && end.isAfter(start)
                && start.until(end).toMillis() > Durations.millis(longest)) {
            refuse(
                    key,
                    "the gateway permits at most "
                            + longest
                            + " from the key's creation on; set an earlier time");
        }
    }

    private static void refuse(Subject<GatewayKeySpec> key, String message) {
        key.findings().error(Reason.TTLExceedsPolicy, EXPIRES, message);
    }
}
