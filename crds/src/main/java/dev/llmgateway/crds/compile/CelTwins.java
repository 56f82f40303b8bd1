package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.Deployment;
import dev.llmgateway.crds.api.Durations;
import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.api.HeaderRules;
import dev.llmgateway.crds.api.Health;
import dev.llmgateway.crds.api.NamespaceConsent;
import dev.llmgateway.crds.api.OAuthProfile;
import dev.llmgateway.crds.api.Request;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.api.Usage;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the API server checks with CEL, for manifests that never met one. Every rule carries the
/// message of its twin; a test finds twins that are missing. Transition rules have none: a folder
/// has no former state. Elements of lists may be null; [SchemaCheck] names them.
final class CelTwins {
    private static final Set<String> RESERVED_HEADERS =
            Set.of(
                    "authorization",
                    "x-api-key",
                    "api-key",
                    "x-goog-api-key",
                    "x-llm-gateway-key",
                    "cookie",
                    "host",
                    "content-length",
                    "transfer-encoding",
                    "connection",
                    "te",
                    "trailer",
                    "upgrade",
                    "expect",
                    "forwarded");

    static final List<SchemaRule<?>> ACCOUNT =
            List.of(
                    rule(
                            UpstreamAccountSpec.class,
                            "auth is needed, except for provider Simulated, which takes none",
                            spec ->
                                    (spec.provider() == UpstreamAccountSpec.Provider.Simulated)
                                            == (spec.auth() == null)),
                    rule(
                            UpstreamAccountSpec.class,
                            "a compatible provider needs baseURL and formats",
                            CelTwins::compatibleIsComplete),
                    rule(
                            UpstreamAccountSpec.class,
                            "AzureOpenAI needs baseURL",
                            spec ->
                                    spec.provider() != UpstreamAccountSpec.Provider.AzureOpenAI
                                            || spec.baseURL() != null),
                    rule(
                            UpstreamAccountSpec.class,
                            "egress",
                            "allowPrivateNetworks and allowHosts are set in GatewayConfig only",
                            CelTwins::permitsNothing),
                    rule(
                            Auth.class,
                            "exactly one of apiKey, oauth, passthrough, none",
                            auth ->
                                    given(
                                                    auth.apiKey(),
                                                    auth.oauth(),
                                                    auth.passthrough(),
                                                    auth.none())
                                            == 1),
                    rule(
                            Auth.OAuth.class,
                            "profile Custom needs overrides.tokenURL",
                            oauth ->
                                    oauth.profile() != OAuthProfile.Custom
                                            || (oauth.overrides() != null
                                                    && oauth.overrides().tokenURL() != null)),
                    rule(
                            Auth.OAuth.class,
                            "refreshBefore",
                            "must be 1m to 1h",
                            oauth -> within(oauth.refreshBefore(), 60_000, 3_600_000)),
                    rule(
                            Health.class,
                            "a status is either of capacity or of the credential",
                            CelTwins::statusesAreDisjoint),
                    rule(
                            Health.Cooldown.class,
                            "base must not exceed max",
                            cooldown -> ordered(cooldown.base(), cooldown.max())),
                    rule(
                            Health.Ejection.class,
                            "base must not exceed max",
                            ejection -> ordered(ejection.base(), ejection.max())),
                    rule(
                            HeaderRules.class,
                            "credential, framing, hop-by-hop and forwarding headers cannot be set",
                            CelTwins::noReservedHeader));

    static final List<SchemaRule<?>> KEY =
            List.of(
                    rule(
                            GatewayKeySpec.Source.class,
                            "exactly one of generate, hashes",
                            source -> (source.generate() == null) != source.hashes().isEmpty()),
                    rule(
                            GatewayKeySpec.Rotation.class,
                            "overlap",
                            "at most 720h",
                            rotation -> within(rotation.overlap(), 0, 720 * 3_600_000L)),
                    rule(
                            GatewayKeySpec.AccountNamespaces.class,
                            "selector is needed with from: Selector, and only there",
                            consent ->
                                    (consent.from() == GatewayKeySpec.AccountFrom.Selector)
                                            == (consent.selector() != null)));

    static final List<SchemaRule<?>> GATEWAY =
            List.of(
                    rule(
                            GatewayConfigSpec.KeyPolicy.class,
                            "maxTTL",
                            "must be more than 0",
                            policy -> within(policy.maxTTL(), 1, Long.MAX_VALUE)),
                    rule(
                            NamespaceConsent.Namespaces.class,
                            "selector is needed with from: Selector, and only there",
                            consent ->
                                    (consent.from() == NamespaceConsent.From.Selector)
                                            == (consent.selector() != null)),
                    rule(
                            Deployment.class,
                            "replicas and autoscaling exclude each other",
                            deployment ->
                                    given(deployment.replicas(), deployment.autoscaling()) < 2),
                    rule(
                            Deployment.Autoscaling.class,
                            "minReplicas must not exceed maxReplicas",
                            CelTwins::replicasAreOrdered),
                    rule(
                            Usage.class,
                            "store Redis needs redis",
                            usage -> usage.store() != Usage.Store.Redis || usage.redis() != null),
                    rule(
                            Request.class,
                            "maxBodyBytes",
                            "must be a quantity such as 32Mi",
                            request -> isQuantity(request.maxBodyBytes())),
                    rule(
                            Request.class,
                            "bodyMemory",
                            "must be a quantity such as 256Mi",
                            request -> isQuantity(request.bodyMemory())));

    static final List<SchemaRule<?>> ALL =
            Stream.of(ACCOUNT, KEY, GATEWAY).flatMap(List::stream).toList();

    private CelTwins() {}

    private static boolean compatibleIsComplete(UpstreamAccountSpec spec) {
        boolean compatible =
                spec.provider() == UpstreamAccountSpec.Provider.OpenAICompatible
                        || spec.provider() == UpstreamAccountSpec.Provider.AnthropicCompatible;
        return !compatible || (spec.baseURL() != null && !spec.formats().isEmpty());
    }

    private static boolean permitsNothing(UpstreamAccountSpec spec) {
        return spec.egress() == null
                || (!spec.egress().allowPrivateNetworks() && spec.egress().allowHosts().isEmpty());
    }

    private static boolean statusesAreDisjoint(Health health) {
        return health.capacityStatuses().stream()
                .filter(Objects::nonNull)
                .noneMatch(health.credentialStatuses()::contains);
    }

    private static boolean replicasAreOrdered(Deployment.Autoscaling autoscaling) {
        return autoscaling.maxReplicas() == null
                || autoscaling.minReplicas() <= autoscaling.maxReplicas();
    }

    private static boolean noReservedHeader(HeaderRules headers) {
        Stream<String> added =
                headers.add().stream().filter(Objects::nonNull).map(HeaderRules.Header::name);
        return Stream.concat(added, headers.forward().stream())
                .filter(Objects::nonNull)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .noneMatch(name ->
                        RESERVED_HEADERS.contains(name)
                                || name.startsWith("proxy-")
                                || name.startsWith("x-forwarded-"));
    }

    /// Texts that are no duration fail their pattern instead.
    private static boolean within(@Nullable String text, long least, long most) {
        return text == null
                || Durations.parse(text).stream()
                        .allMatch(millis -> millis >= least && millis <= most);
    }

    private static boolean ordered(@Nullable String base, @Nullable String max) {
        return base == null
                || max == null
                || Durations.parse(base).orElse(0) <= Durations.parse(max).orElse(Long.MAX_VALUE);
    }

    private static boolean isQuantity(@Nullable String text) {
        return text == null || Quantities.parse(text).isPresent();
    }

    private static long given(@Nullable Object... members) {
        return Stream.of(members).filter(Objects::nonNull).count();
    }

    private static <R extends Record> SchemaRule<R> rule(
            Class<R> type, String message, Predicate<R> holds) {
        return rule(type, "", message, holds);
    }

    private static <R extends Record> SchemaRule<R> rule(
            Class<R> type, String field, String message, Predicate<R> holds) {
        return new SchemaRule<>(type, field, message, holds);
    }
}
