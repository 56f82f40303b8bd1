package dev.llmgateway.runtime.boot;

import dev.llmgateway.runtime.source.KeptKey;
import java.io.PrintStream;
import java.util.List;

/// What a person at the terminal sees: stdout tells where the gateway listens, stderr what is
/// wrong.
final class Console {
    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;

    private Console() {}

    static void complain(String problem) {
        ERR.println("llm-gateway: " + problem);
    }

    static void banner(Settings settings, Listening listening, List<KeptKey> keys) {
        String base = "http://" + listening.host() + ":" + listening.dataPort();
        StringBuilder text = new StringBuilder();
        for (KeptKey key : keys) {
            text.append("key ").append(key.key()).append(": ").append(key.text()).append('\n');
        }
        if (!keys.isEmpty() && settings.origin() instanceof PlanOrigin.Folder folder) {
            text.append('\n').append(examples(base, keys.getFirst().text(), folder));
        }
        text.append("listening data=")
                .append(listening.host())
                .append(':')
                .append(listening.dataPort());
        text.append(" admin=").append(listening.host()).append(':').append(listening.adminPort());
        OUT.println(text);
        OUT.flush();
    }

    private static String examples(String base, String key, PlanOrigin.Folder folder) {
        return """
        Chat Completions:
          curl %1$s/v1/chat/completions -H 'Authorization: Bearer %2$s' -H 'Content-Type: application/json' \\
            -d '{"model":"simulated-echo","messages":[{"role":"user","content":"Hello"}]}'
        Messages:
          curl %1$s/v1/messages -H 'x-api-key: %2$s' -H 'anthropic-version: 2023-06-01' -H 'Content-Type: application/json' \\
            -d '{"model":"simulated-echo","max_tokens":64,"messages":[{"role":"user","content":"Hello"}]}'
        Responses:
          curl %1$s/v1/responses -H 'Authorization: Bearer %2$s' -H 'Content-Type: application/json' \\
            -d '{"model":"simulated-echo","input":"Hello"}'

        For a real provider edit %3$s (add an UpstreamAccount with your key); it takes effect at once.

        """
                .formatted(base, key, folder.directory().resolve("account.yaml"));
    }
}
