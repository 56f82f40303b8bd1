package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.transport.Loop;

/// Ends what revoked keys have under way on one loop, within 5 s (spec/resources.md, GatewayKey):
/// deleted, suspended or expired. All else finishes on the snapshot it started with.
final class Revocations {
    private static final long LOOK_MILLIS = 1_000;

    private final Services services;
    private final Ongoing ongoing;
    private final Loop loop;

    Revocations(Services services, Ongoing ongoing, Loop loop) {
        this.services = services;
        this.ongoing = ongoing;
        this.loop = loop;
    }

    void start() {
        loop.after(LOOK_MILLIS, this::look);
    }

    private void look() {
        Snapshot snapshot = services.live().current();
        if (snapshot != null) {
            long now = services.clock().millis();
            ongoing.revokeUnless(caller -> snapshot.keys().stands(caller, now));
        }
        start();
    }
}
