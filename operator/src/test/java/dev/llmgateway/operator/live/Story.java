package dev.llmgateway.operator.live;

import dev.llmgateway.cluster.TestCluster;
import dev.llmgateway.crds.plan.PlanBundle;
import dev.llmgateway.fixtures.process.Poll;
import java.time.Duration;
import java.util.function.Predicate;

/// What tests do to the cluster and wait for, in its test namespace.
record Story(TestCluster cluster) {
    private static final Duration SOON = Duration.ofSeconds(20);

    void apply(String manifests) {
        cluster.kubectl().runWith(manifests, "apply", "-f", "-");
    }

    void kubectl(String command) {
        cluster.kubectl().run(command.split(" ", -1));
    }

    /// A gateway with this spec.
    void gateway(String name, String spec) {
        apply(object("GatewayConfig", name, spec));
    }

    /// An account of `Anthropic`, whose key stands in a Secret of the same name.
    void account(String name, String gateway) {
        apply(
                object(
                        "UpstreamAccount",
                        name,
                        "gatewayRef: {name: %s}, provider: Anthropic, auth: {apiKey: {secretRef: {name: %s, key: api-key}}}"
                                .formatted(gateway, name)));
    }

    void releasedSecret(String name, String value) {
        apply(
                "{apiVersion: v1, kind: Secret, metadata: {name: %s, labels: {llm-gateway.dev/credentials: 'true'}}, stringData: {api-key: %s}}"
                        .formatted(name, value));
    }

    void key(String name, String gateway, String more) {
        apply(object("GatewayKey", name, "gatewayRef: {name: %s}, %s".formatted(gateway, more)));
    }

    /// Not as one flow mapping: the client takes what begins with a brace for JSON.
    static String object(String kind, String name, String spec) {
        return "apiVersion: llm-gateway.dev/v1alpha1\nkind: %s\nmetadata: {name: %s}\nspec: {%s}\n"
                .formatted(kind, name, spec);
    }

    /// A digest that no other number gives.
    static String hash(int number) {
        return "source: {hashes: ['sha256:%064x']}".formatted(number);
    }

    PlanBundle until(String gateway, String what, Predicate<PlanBundle> wanted) {
        return Poll.until(
                SOON,
                () -> what,
                () -> Bundle.read(cluster.client(), cluster.namespace(), gateway).filter(wanted));
    }

    /// Waits for a condition's status and reason, such as `False NotPermitted`.
    ///
    /// @return its message
    String condition(String object, String type, String wanted) {
        String[] seen = {""};
        String path =
                "jsonpath={range .status.conditions[?(@.type==\"%s\")]}{.status} {.reason}|{.message}{end}"
                        .formatted(type);
        Poll.untilTrue(
                SOON,
                () -> object + ": " + type + " is " + seen[0],
                () -> {
                    seen[0] = cluster.kubectl().run("get", object, "-o", path);
                    return seen[0].startsWith(wanted + "|");
                });
        return seen[0].substring(wanted.length() + 1);
    }
}
