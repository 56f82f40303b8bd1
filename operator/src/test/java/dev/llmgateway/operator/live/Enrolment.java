package dev.llmgateway.operator.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.oauth.LoginGrant;
import dev.llmgateway.crds.oauth.OAuthAnnotations;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.resource.UpstreamAccount;
import dev.llmgateway.crds.resource.UpstreamAccountStatus;
import dev.llmgateway.fixtures.idp.Endpoint;
import dev.llmgateway.fixtures.idp.IdentityProvider;
import dev.llmgateway.fixtures.idp.Tokens;
import dev.llmgateway.fixtures.process.Poll;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// OAuth accounts of an identity provider in one namespace, and what people do to them.
record Enrolment(TestCluster cluster, IdentityProvider provider, String namespace) {
    static final Duration SOON = Duration.ofSeconds(60);

    static Enrolment in(TestCluster cluster, IdentityProvider provider, String namespace) {
        return new Enrolment(cluster, provider, namespace);
    }

    KubernetesClient client() {
        return cluster.client();
    }

    /// A gateway that may call this machine, and whose provider is known by the client's id.
    void gateway() {
        apply(
                """
                apiVersion: llm-gateway.dev/v1alpha1
                kind: GatewayConfig
                metadata: {name: main}
                spec: {egress: {allowHosts: ["127.0.0.1"]}, oauthClients: [{profile: Custom, clientID: test-client}]}
                """);
    }

    /// @param more of `spec.auth.oauth`, with a comma in front
    void account(String name, String grant, String more) {
        account(name, "Custom", grant, more);
    }

    void account(String name, String profile, String grant, String more) {
        apply(
                """
                apiVersion: llm-gateway.dev/v1alpha1
                kind: UpstreamAccount
                metadata: {name: %s}
                spec:
                  gatewayRef: {name: main}
                  provider: OpenAICompatible
                  baseURL: https://api.example.com/v1
                  formats: [ChatCompletions]
                  models: [{name: "*"}]
                  auth: {oauth: {secretRef: {name: %s-tokens}, profile: %s, grant: %s, overrides: {tokenURL: "%s", authorizeURL: "%s", deviceURL: "%s", revocationURL: "%s", redirectURI: "%s"}%s}}
                """
                        .formatted(
                                name,
                                name,
                                profile,
                                grant,
                                provider.url(Endpoint.Token),
                                provider.url(Endpoint.Authorize),
                                provider.url(Endpoint.Device),
                                provider.url(Endpoint.Revocation),
                                provider.url(Endpoint.ShownCode),
                                more));
    }

    void apply(String manifests) {
        cluster.kubectl().runWith(manifests, "apply", "-n", namespace, "-f", "-");
    }

    /// Tokens that came by another way; without a time of issue.
    void tokens(String account, Tokens tokens, Duration left) {
        StoredTokens stored =
                new StoredTokens(
                        tokens.access(),
                        tokens.refresh(),
                        "",
                        Optional.empty(),
                        Optional.of(Instant.now().plus(left)),
                        "");
        client().resource(secret(account + "-tokens", "Opaque", stored.data(), false)).create();
    }

    /// What `oauth start` leaves behind.
    void grant(String account, String secret, LoginGrant grant) {
        client().resource(secret(secret, OAuthAnnotations.GRANT_TYPE, grant.data(), true)).create();
        annotate(account, OAuthAnnotations.GRANT, grant.annotation(secret));
    }

    Secret secret(String name, String type, Map<String, String> values, boolean immutable) {
        Map<String, String> data = new HashMap<>();
        values.forEach((key, value) ->
                data.put(key, Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels("llm-gateway.dev/credentials", "true")
                .endMetadata()
                .withType(type)
                .withImmutable(immutable ? true : null)
                .withData(data)
                .build();
    }

    void annotate(String account, String annotation, String text) {
        cluster.kubectl()
                .run(
                        "annotate",
                        "-n",
                        namespace,
                        "--overwrite",
                        "upstreamaccount/" + account,
                        annotation + "=" + text);
    }

    UpstreamAccountStatus until(
            String account, String what, Predicate<UpstreamAccountStatus> wanted) {
        Object[] last = {""};
        return Poll.until(
                SOON,
                () -> account + " " + what + ": " + last[0],
                () -> {
                    UpstreamAccountStatus now = status(account);
                    last[0] = now;
                    return Optional.ofNullable(now).filter(wanted);
                });
    }

    /// Waits for a status and reason, such as `False InvalidGrant`.
    UpstreamAccountStatus untilCredential(String account, String wanted) {
        return until(account, wanted, status -> credential(status).equals(wanted));
    }

    static String credential(UpstreamAccountStatus status) {
        return status.conditions().stream()
                .filter(each -> each.type().equals("CredentialValid"))
                .map(each -> each.status() + " " + each.reason())
                .findFirst()
                .orElse("");
    }

    static String result(UpstreamAccountStatus status) {
        return status.oauth() == null || status.oauth().lastResult() == null
                ? ""
                : status.oauth().lastResult();
    }

    /// Waits for how a wish ended, and that it is off the account.
    String untilResult(String account, String annotation, String wanted) {
        UpstreamAccountStatus status =
                until(account, wanted, each -> result(each).contains(wanted));
        Poll.untilTrue(
                SOON,
                () -> annotation + " stays on " + account,
                () -> !annotations(account).containsKey(annotation));
        return result(status);
    }

    Map<String, String> annotations(String account) {
        Map<String, String> notes = object(account).getMetadata().getAnnotations();
        return notes == null ? Map.of() : notes;
    }

    UpstreamAccount object(String account) {
        return client().resources(UpstreamAccount.class)
                .inNamespace(namespace)
                .withName(account)
                .get();
    }

    UpstreamAccountStatus status(String account) {
        UpstreamAccountStatus none =
                new UpstreamAccountStatus(null, null, null, null, null, null, null, List.of());
        UpstreamAccount object = object(account);
        return object == null || object.getStatus() == null ? none : object.getStatus();
    }

    Optional<Secret> find(String secret) {
        return Optional.ofNullable(
                client().secrets().inNamespace(namespace).withName(secret).get());
    }

    /// What its token Secret holds; empty values: there is none.
    StoredTokens stored(String account) {
        return find(account + "-tokens")
                .map(secret -> {
                    Map<String, String> values = new HashMap<>();
                    if (secret.getData() != null) {
                        secret.getData()
                                .forEach((key, value) ->
                                        values.put(
                                                key,
                                                new String(
                                                        Base64.getDecoder().decode(value), UTF_8)));
                    }
                    return StoredTokens.of(values);
                })
                .orElse(StoredTokens.NONE);
    }

    StoredTokens untilStored(String account, String what, Predicate<StoredTokens> wanted) {
        return Poll.until(
                SOON,
                () -> account + " " + what,
                () -> Optional.of(stored(account)).filter(wanted));
    }
}
