package dev.llmgateway.operator.snapshot;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.Deployment;
import dev.llmgateway.crds.api.GeneratedKey;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.ListenerTls;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.resource.GatewayKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The values of released Secrets, and what may be shown of them.
final class Credentials {
    private static final int FINGERPRINT = 8;

    private final Objects objects;

    Credentials(Objects objects) {
        this.objects = objects;
    }

    /// The values a plan names, and no others.
    Map<CredentialRef, String> of(GatewayPlan plan) {
        Map<CredentialRef, String> values = new HashMap<>();
        named(plan).forEach(ref -> value(ref).ifPresent(value -> values.put(ref, value)));
        return values;
    }

    /// What a plan names.
    static Stream<CredentialRef> named(GatewayPlan plan) {
        return Stream.concat(
                listener(plan.settings().tls()),
                plan.accounts().stream().flatMap(Credentials::named));
    }

    Verdict.Material of(AccountPlan account) {
        return named(account)
                .findFirst()
                .flatMap(ref ->
                        value(ref)
                                .map(value ->
                                        new Verdict.Material(fingerprint(value), version(ref))))
                .orElse(Verdict.Material.NONE);
    }

    Verdict.Material of(GatewayKey key) {
        var generate = key.getSpec().source().generate();
        if (generate == null) {
            return Verdict.Material.NONE;
        }
        return objects.generated()
                .find(key.getMetadata().getNamespace(), generate.secretName())
                .map(secret ->
                        new Verdict.Material(
                                start(secret), secret.getMetadata().getResourceVersion()))
                .orElse(Verdict.Material.NONE);
    }

    /// Secrets that objects name and that are not released, with who names them.
    Map<ObjectRef, String> missing() {
        Map<ObjectRef, String> missing = new HashMap<>();
        objects.accounts()
                .all()
                .filter(account -> account.getSpec() != null)
                .forEach(account ->
                        secret(account.getSpec().auth())
                                .ifPresent(secret -> missing(secret, account, missing)));
        objects.gateways()
                .all()
                .filter(gateway -> gateway.getSpec() != null)
                .forEach(gateway ->
                        secret(gateway.getSpec().deployment())
                                .ifPresent(secret -> missing(secret, gateway, missing)));
        return missing;
    }

    private void missing(String secret, HasMetadata object, Map<ObjectRef, String> missing) {
        ObjectRef ref = new ObjectRef(object.getMetadata().getNamespace(), secret);
        if (objects.released().find(ref.namespace(), ref.name()).isEmpty()) {
            String named =
                    object.getMetadata().getUid() + "@" + object.getMetadata().getGeneration();
            missing.merge(ref, named, (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
    }

    /// Name of the Secret that an account's credential stands in.
    static Optional<String> secret(@Nullable Auth auth) {
        if (auth == null) {
            return Optional.empty();
        }
        if (auth.apiKey() != null) {
            return Optional.of(auth.apiKey().secretRef().name());
        }
        return Optional.ofNullable(auth.oauth()).map(oauth -> oauth.secretRef().name());
    }

    private static Optional<String> secret(Deployment deployment) {
        return Optional.ofNullable(deployment.tls()).map(tls -> tls.secretRef().name());
    }

    private static Stream<CredentialRef> listener(ListenerTls tls) {
        return switch (tls) {
            case ListenerTls.Clear() -> Stream.empty();
            case ListenerTls.Served(var certificate, var key, _) -> Stream.of(certificate, key);
        };
    }

    private static Stream<CredentialRef> named(AccountPlan account) {
        return switch (account.credential()) {
            case CredentialPlan.ApiKey(var ref, _) -> Stream.of(ref);
            case CredentialPlan.OAuth oauth -> Stream.of(oauth.accessToken(), oauth.resourceURL());
            case CredentialPlan.Passthrough(), CredentialPlan.Anonymous() -> Stream.empty();
        };
    }

    private Optional<String> value(CredentialRef ref) {
        return objects.released()
                .find(ref.namespace(), ref.secret())
                .map(Secret::getData)
                .map(data -> data.get(ref.key()))
                .map(Manifests::decoded);
    }

    private String version(CredentialRef ref) {
        return objects.released()
                .find(ref.namespace(), ref.secret())
                .map(secret -> secret.getMetadata().getResourceVersion())
                .orElse("");
    }

    private static String start(Secret secret) {
        String base64 = secret.getData() == null ? null : secret.getData().get("api-key");
        String text = base64 == null ? "" : Manifests.decoded(base64);
        return GeneratedKey.wellFormed(text) ? new GeneratedKey(text).prefix() : "";
    }

    private static String fingerprint(String value) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, FINGERPRINT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
