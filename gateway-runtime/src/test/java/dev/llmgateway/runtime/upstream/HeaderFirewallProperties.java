package dev.llmgateway.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HeaderFirewallProperties {
    private static final Set<String> OURS =
            Set.of(
                    "authorization",
                    "x-api-key",
                    "api-key",
                    "x-goog-api-key",
                    "host",
                    "content-length",
                    "accept-encoding",
                    "connection",
                    "cookie",
                    "transfer-encoding");

    @Property(tries = 2_000)
    void no_client_line_touches_credential_or_framing(
            @ForAll("lines") List<String> lines, @ForAll WireFormat format, @ForAll boolean same) {
        String method = format == WireFormat.Models ? "GET" : "POST";
        UpstreamRoute route = new UpstreamRoute(format, method, "", "", same);

        List<String> sent = sent(route, lines);

        assertThat(sent.stream().filter(line -> OURS.contains(foldedName(line))))
                .containsExactlyInAnyOrder(
                        "host: api.anthropic.com",
                        "accept-encoding: identity",
                        credentialOf(sent),
                        "content-length: 12");
    }

    /// Only lines of the account's secret may name a credential.
    private static String credentialOf(List<String> sent) {
        List<String> secrets = sent.stream().filter(line -> line.contains("sk-account")).toList();
        assertThat(secrets).hasSize(1);
        return secrets.getFirst();
    }

    private static List<String> sent(UpstreamRoute route, List<String> lines) {
        ByteBuf bytes =
                RequestHeaders.head(
                        Accounts.anthropic().forward("x-team", "x_api_key", "Cookie").target(),
                        route,
                        ScriptedHead.of(lines.toArray(String[]::new)),
                        new Credential.Value("sk-account"),
                        12,
                        UnpooledByteBufAllocator.DEFAULT);
        try {
            String head = bytes.toString(StandardCharsets.ISO_8859_1);
            assertThat(head).endsWith("\r\n\r\n").doesNotContain("canary\r\ncanary");
            return head.lines().skip(1).filter(line -> !line.isEmpty()).toList();
        } finally {
            bytes.release();
        }
    }

    private static String foldedName(String line) {
        return line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> known =
                Arbitraries.of(OURS)
                        .flatMap(name ->
                                Arbitraries.of(
                                        name,
                                        name.toUpperCase(Locale.ROOT),
                                        name.replace('-', '_'),
                                        "Connection",
                                        "anthropic-version",
                                        "anthropic-beta",
                                        "x-team",
                                        "x-app"));
        Arbitrary<String> value =
                Arbitraries.of(
                        "canary",
                        "authorization, x-api-key, content-length, host",
                        "canary\r\ncanary: x",
                        "2026-10-21",
                        "");
        return Combinators.combine(known, value).as((n, v) -> n + ": " + v).list().ofMaxSize(12);
    }
}
