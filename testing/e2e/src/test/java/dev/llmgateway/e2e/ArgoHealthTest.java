package dev.llmgateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/// The health script for Argo CD on objects as the operator leaves them.
class ArgoHealthTest {
    private static final String PREFIX = "resource.customizations.health.llm-gateway.dev_";
    private static final Map<?, ?> DATA =
            GitOpsFiles.map(
                    GitOpsFiles.at(GitOpsFiles.read(GitOpsFiles.file("argocd-cm.yaml")), "data"));

    @Test
    void everyKindHasAScript() throws IOException {
        Path crds = Repository.root().resolve("charts/llm-gateway/crds-src");
        List<String> keys;
        try (Stream<Path> files = Files.list(crds)) {
            keys =
                    files.map(GitOpsFiles::read)
                            .map(crd -> PREFIX + GitOpsFiles.at(crd, "spec", "names", "kind"))
                            .toList();
        }

        assertThat(keys).hasSize(3);
        assertThat(DATA.keySet().stream().map(String::valueOf))
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {metadata: {generation: 1}} | Progressing | has not seen
                    {metadata: {generation: 2}, status: {observedGeneration: 1, conditions: [{type: Ready, status: "True", reason: Ready}]}} | Progressing | has not seen
                    {metadata: {generation: 1}, status: {observedGeneration: 1}} | Progressing | has not judged
                    {metadata: {generation: 1}, status: {observedGeneration: 1, conditions: [{type: Accepted, status: "True"}]}} | Progressing | has not judged
                    {metadata: {generation: 3}, status: {observedGeneration: 3, conditions: [{type: Ready, status: "True", reason: Ready, message: ""}]}} | Healthy | Ready
                    {metadata: {generation: 3}, status: {observedGeneration: 3, conditions: [{type: Healthy, status: "False", reason: CoolingDown}, {type: Ready, status: "True", reason: Ready}]}} | Healthy | Ready
                    {metadata: {generation: 1}, status: {observedGeneration: 1, conditions: [{type: Ready, status: "False", reason: Suspended, message: ""}]}} | Suspended | Suspended
                    {metadata: {generation: 1}, status: {observedGeneration: 1, conditions: [{type: Ready, status: "False", reason: Pending, message: "no pod"}, {type: Reconciling, status: "True", reason: Pending}]}} | Progressing | Pending: no pod
                    {metadata: {generation: 1}, status: {observedGeneration: 1, conditions: [{type: Ready, status: Unknown, reason: Pending}]}} | Progressing | Pending
                    {metadata: {generation: 1}, status: {observedGeneration: 1, conditions: [{type: Ready, status: "False", reason: SecretNotFound, message: "create it"}, {type: Stalled, status: "True", reason: SecretNotFound}]}} | Degraded | SecretNotFound: create it
                    {metadata: {generation: 1}, status: {observedGeneration: 1, conditions: [{type: Ready, status: "False", reason: Suspended}, {type: Stalled, status: "True", reason: UnsupportedValue}]}} | Degraded | Suspended
                    {metadata: {generation: 1}, status: {observedGeneration: 1, conditions: [{type: Ready, status: "False", reason: Expired}]}} | Degraded | Expired
                    """)
    void healthFollowsTheConditions(String object, String status, String message) {
        for (Object script : DATA.values()) {
            Globals globals = JsePlatform.standardGlobals();
            globals.set("obj", lua(GitOpsFiles.yaml(object)));

            LuaValue health = globals.load(String.valueOf(script)).call();

            assertThat(health.get("status").tojstring()).isEqualTo(status);
            assertThat(health.get("message").tojstring()).contains(message);
        }
    }

    private static LuaValue lua(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                LuaTable table = new LuaTable();
                map.forEach((key, each) -> table.set(String.valueOf(key), lua(each)));
                yield table;
            }
            case List<?> list -> {
                LuaTable table = new LuaTable();
                list.forEach(each -> table.insert(0, lua(each)));
                yield table;
            }
            case Integer number -> LuaValue.valueOf(number);
            case String text -> LuaValue.valueOf(text);
            default -> throw new AssertionError("not in an object: " + value);
        };
    }
}
