package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.WireFormat;
import io.netty.buffer.ByteBuf;
import java.util.regex.Pattern;

/// The one header line that carries the account's credential.
final class CredentialLine {
    /// From this Anthropic API version on keys travel as Bearer, as in the SDKs (translation.md
    /// 0.1).
    private static final String BEARER_SINCE = "2026-10-21";

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private CredentialLine() {}

    /// @param version the client's or account's `anthropic-version`; empty: the default is sent
    static void write(
            UpstreamTarget target,
            WireFormat format,
            Credential credential,
            String version,
            ByteBuf out) {
        if (!(credential instanceof Credential.Value(String text))) {
            return;
        }
        switch (target.credential()) {
            case CredentialPlan.ApiKey(_, var header) -> {
                boolean bearerByVersion = !target.anthropic(format) || bearerVersion(version);
                key(header, bearerByVersion, text, out);
            }
            case CredentialPlan.OAuth _ -> bearer(out, text);
            case CredentialPlan.Passthrough _, CredentialPlan.Anonymous _ ->
                    throw new IllegalArgumentException("this account carries no credential");
        }
    }

    private static void key(
            CredentialPlan.Header header, boolean bearerByVersion, String text, ByteBuf out) {
        switch (header) {
            case XApiKey -> RequestHeaders.line(out, "x-api-key", text);
            case Bearer -> bearer(out, text);
            case ApiKey -> RequestHeaders.line(out, "api-key", text);
            case ByVersion -> {
                if (bearerByVersion) {
                    bearer(out, text);
                } else {
                    RequestHeaders.line(out, "x-api-key", text);
                }
            }
        }
    }

    static boolean anthropicOAuth(UpstreamTarget target) {
        return target.credential() instanceof CredentialPlan.OAuth(_, String profile, _)
                && profile.equals("Anthropic");
    }

    /// Versions are dates, so their order is that of their texts; anything else counts as old.
    private static boolean bearerVersion(String version) {
        return DATE.matcher(version).matches() && version.compareTo(BEARER_SINCE) >= 0;
    }

    private static void bearer(ByteBuf out, String token) {
        RequestHeaders.line(out, "authorization", "Bearer ", token);
    }
}
