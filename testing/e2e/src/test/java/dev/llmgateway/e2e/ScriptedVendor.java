package dev.llmgateway.e2e;

import dev.llmgateway.fixtures.process.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `python/upstream.py` as a child process: canned conversations over Chat Completions, Messages
/// and Responses.
final class ScriptedVendor implements AutoCloseable {
    /// Conversations that would cool an account down: each has one of its own.
    private static final List<String> BROKEN =
            List.of(
                    "400",
                    "long",
                    "404",
                    "429",
                    "500",
                    "cutearly",
                    "cuttext",
                    "cuttool",
                    "eof",
                    "event",
                    "stopunknown");

    private final Process process;
    private final String address;

    ScriptedVendor() {
        Path script = Repository.root().resolve("testing/e2e/python/upstream.py");
        try {
            process =
                    new ProcessBuilder(SdkScript.PYTHON, script.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
            address = "http://127.0.0.1:" + String.valueOf(said.readLine()).split(" ", 2)[1];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A gateway's manifests with this vendor as OpenAI, as DeepSeek and as Anthropic.
    void manifests(Path folder) {
        Manifests manifests = Manifests.simulated(folder);
        manifests.delete("account.yaml");
        manifests.write(
                "gateway.yaml",
                Manifests.object("GatewayConfig", "main", "egress: {allowPrivateNetworks: true}"));
        account(manifests, "openai", "OpenAI", "ChatCompletions", "gpt-*");
        account(manifests, "deepseek", "OpenAICompatible", "ChatCompletions", "deepseek-*");
        account(manifests, "anthropic", "Anthropic", "Messages", "claude-*");
        account(manifests, "responses", "OpenAI", "Responses", "o4-mini-*");
        for (String each : BROKEN) {
            account(
                    manifests,
                    "chat-" + each,
                    "OpenAICompatible",
                    "ChatCompletions",
                    "broken-gpt-" + each);
            account(
                    manifests,
                    "messages-" + each,
                    "AnthropicCompatible",
                    "Messages",
                    "broken-claude-" + each);
            account(
                    manifests,
                    "responses-" + each,
                    "OpenAICompatible",
                    "Responses",
                    "broken-o4-" + each);
        }
    }

    private void account(
            Manifests manifests, String name, String provider, String format, String model) {
        manifests.write(
                name + ".yaml",
                Manifests.object(
                        "UpstreamAccount",
                        name,
                        """
                        provider: %s
                        baseURL: %s/v1
                        formats: [%s]
                        models: [{name: "%s"}]
                        auth: {none: {}}
                        """
                                .formatted(provider, address, format, model)));
    }

    /// Ends the vendor, which lives as long as its standard input.
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
