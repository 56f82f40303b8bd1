package dev.llmgateway.runtime.boot;

import dev.llmgateway.runtime.exchange.Services;
import dev.llmgateway.runtime.exchange.Snapshot;
import dev.llmgateway.runtime.source.oauth.Refresher;
import dev.llmgateway.runtime.upstream.Credential;

/// Which token an account's upstream refuses, as the data plane has seen it. Read from a thread of
/// its own; the loops that serve requests do nothing for it.
record RefusedTokens(Services services) implements Refresher.Upstreams {
    @Override
    public String refused(String uid) {
        Snapshot snapshot = services.live().current();
        Snapshot.Upstream upstream = snapshot == null ? null : snapshot.upstreams().get(uid);
        return upstream != null
                        && upstream.credential() instanceof Credential.Value value
                        && services.accounts().of(uid).view().state().equals("CredentialInvalid")
                ? value.fingerprint()
                : "";
    }
}
