package dev.llmgateway.operator.pods;

import dev.llmgateway.cluster.Shell;
import dev.llmgateway.cluster.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A release of the chart in the test class's namespace, which takes restricted pods only, with a
/// gateway of two pods before an [Upstream]: made by the five commands people type, up to the first
/// answer of an official SDK.
///
/// @param notes what `helm install` wrote
/// @param added what `apikey add` wrote
/// @param answer of the first call
/// @param seconds all five took
record Release(
        Tenant tenant,
        Typist typist,
        RunningUpstream provider,
        String notes,
        String added,
        String answer,
        double seconds)
        implements AutoCloseable {
    static final int PODS = 2;

    private static final String GATEWAY =
            """
            {"simulation": {"enabled": true}, "egress": {"allowPrivateNetworks": true},\
             "deployment": {"replicas": 2, "resources": {"requests": {"cpu": "50m", "memory": "128Mi"}}}}\
            """;
    private static final String CALL =
            """
            from openai import OpenAI
            reply = OpenAI().chat.completions.create(model='any', messages=[{'role': 'user', 'content': 'Hello'}])
            print(reply.choices[0].message.content)\
            """;

    /// The definitions stand there already, by the test node: hence `--take-ownership`.
    ///
    /// @param home an empty folder
    static Release install(TestNode node, Path home) throws IOException {
        OperatorPods.loadImages(node);
        String in = " -n " + node.namespace();
        node.kubectl()
                .run(
                        "label",
                        "namespace",
                        node.namespace(),
                        "pod-security.kubernetes.io/enforce=restricted");
        RunningUpstream provider = RunningUpstream.start(node);
        Tenant tenant = new Tenant(node, node.namespace(), "main");
        Typist typist = new Typist(Shell.on(node.kubectl(), home), tenant);
        Files.writeString(home.resolve("key.txt"), "good-key-of-a-provider");
        long begun = System.nanoTime();
        String notes =
                typist.typed(
                        "helm install llm-gateway charts/llm-gateway --wait --take-ownership --set gateway.create.enabled=true --set-json 'gateway.create.spec="
                                + GATEWAY
                                + "'"
                                + in);
        typist.typed(
                "kubectl llm-gateway upstream add corporate --provider=OpenAICompatible --base-url="
                        + provider.address()
                        + " --formats=ChatCompletions --model='*' --key-file=$HOME/key.txt --wait"
                        + in);
        String added = typist.typed("kubectl llm-gateway apikey add me --wait" + in);
        Process connected =
                typist.begun(
                        "kubectl llm-gateway connect me --client=openai" + in,
                        "client.env",
                        "API_KEY=");
        String answer = typist.typed("source $HOME/client.env; python -c \"" + CALL + "\"");
        double seconds = (System.nanoTime() - begun) / 1e9;
        connected.destroy();
        return new Release(tenant, typist, provider, notes, added, answer, seconds);
    }

    /// A helm command on this release.
    String helm(String verb, String rest) {
        return typist.typed(
                "helm %s llm-gateway %s -n %s".formatted(verb, rest, tenant.namespace()));
    }

    /// Its ready operators.
    String operators() {
        return tenant.kubectl(
                "get deployment/llm-gateway-operator -o jsonpath={.status.readyReplicas}");
    }

    @Override
    public void close() {
        provider.close();
    }
}
