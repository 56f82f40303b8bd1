package dev.llmgateway.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.compile.CompileOptions;
import dev.llmgateway.crds.compile.Compiler;
import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.runtime.upstream.UpstreamTarget;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every host of `ssrf/hosts.txt` as base URL and as proxy, through the same two gates as in life:
/// what `compile` lets pass is judged again when it is connected.
class SsrfTableTest {
    private static final String SAFE = "https://api.example.com";
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

    /// Everything a gateway can permit.
    private static final String GENEROUS = "{allowPrivateNetworks: true, allowHosts: [\"*.com\"]}";

    private static final String STRICT = "{}";

    enum Kind {
        Private,
        Never,
        Malformed,
        Name
    }

    record Vector(Kind kind, String host, List<String> addresses) {
        static Vector of(String line) {
            String[] parts = line.split(" ", 2);
            Kind kind =
                    Kind.valueOf(
                            parts[0].substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                                    + parts[0].substring(1));
            String[] names = parts[1].split(" -> ", 2);
            List<String> addresses =
                    names.length < 2 ? List.of() : Arrays.asList(names[1].split(" ", -1));
            return new Vector(kind, unescaped(names[0]), addresses);
        }

        @Override
        public String toString() {
            return kind + " " + host.replaceAll("\\p{Cntrl}", "?") + " " + addresses;
        }
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(match -> Character.toString(Integer.parseInt(match.group(1), 16)))
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\\\", "\\");
    }

    static List<Vector> vectors() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        SsrfTableTest.class.getResourceAsStream("/ssrf/hosts.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(Vector::of)
                    .toList();
        }
    }

    @Test
    void theTableIsLongEnough() throws IOException {
        assertThat(vectors()).hasSizeGreaterThanOrEqualTo(120);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void noUrlLeadsThere(Vector vector) {
        assertThat(calls("https://" + vector.host(), "", STRICT, vector)).isFalse();
        assertThat(calls("http://" + vector.host() + "/v1", "", STRICT, vector)).isFalse();
        assertThat(calls(SAFE, "http://" + vector.host(), STRICT, vector)).isFalse();
        assertThat(calls(SAFE, "https://" + vector.host(), STRICT, vector)).isFalse();
    }

    static Stream<Vector> unlessPermitted() throws IOException {
        return vectors().stream()
                .filter(vector -> vector.kind() == Kind.Never || vector.kind() == Kind.Malformed);
    }

    @ParameterizedTest
    @MethodSource("unlessPermitted")
    void noPermissionOpensTheseDoors(Vector vector) {
        assertThat(calls("https://" + vector.host(), "", GENEROUS, vector)).isFalse();
        assertThat(calls("http://" + vector.host(), "", GENEROUS, vector)).isFalse();
        assertThat(calls(SAFE, "http://" + vector.host(), GENEROUS, vector)).isFalse();
    }

    static Stream<Vector> permitted() throws IOException {
        return vectors().stream().filter(vector -> vector.kind() == Kind.Private);
    }

    @ParameterizedTest
    @MethodSource("permitted")
    void thePermissionOpensTheOthers(Vector vector) {
        String named = "{allowHosts: [\"" + withoutPort(vector.host()) + "\"]}";

        for (String egress : List.of(GENEROUS, named)) {
            assertThat(calls("http://" + vector.host(), "", egress, vector)).as(egress).isTrue();
            assertThat(calls(SAFE, "http://" + vector.host(), egress, vector)).as(egress).isTrue();
        }
    }

    @Test
    void anAllowedHostIsThatHostAndNoOther() {
        assertThat(named("10.0.0.1", "10.0.0.1")).isTrue();
        assertThat(named("10.0.0.1:80", "10.0.0.1")).isTrue();
        assertThat(named("10.0.0.1:81", "10.0.0.1")).isFalse();
        assertThat(named("10.0.0.1", "10.0.0.11")).isFalse();
        assertThat(named("*.internal.test", "vllm.internal.test")).isTrue();
        assertThat(named("*.internal.test", "a.b.internal.test")).isTrue();
        assertThat(named("*.internal.test", "internal.test")).isFalse();
        assertThat(named("*.internal.test", "evilinternal.test")).isFalse();
        assertThat(named("VLLM.internal.test", "vllm.INTERNAL.test")).isTrue();
        assertThat(named("[fd12::1]", "[fd12::1]")).isTrue();
        assertThat(named("[fd12::1]:80", "[fd12::1]")).isTrue();
        assertThat(named("[fd12::1]", "[fd12::2]")).isFalse();
        assertThat(named("vllm.internal.test", "vllm.internal.test.")).isTrue();
    }

    /// Whether clear text to port 80 of the host is let through both gates.
    private static boolean named(String entry, String host) {
        String egress = "{allowHosts: [\"" + entry + "\"]}";
        return calls("http://" + host, "", egress, new Vector(Kind.Private, host, List.of()));
    }

    private static String withoutPort(String host) {
        return host.replaceAll(":[0-9]{2,5}$", "").replaceAll("\\.$", "");
    }

    /// Whether an account with these URLs would have something dialled.
    private static boolean calls(String baseUrl, String proxy, String egress, Vector vector) {
        return compiled(baseUrl, proxy, egress)
                .map(UpstreamTarget::of)
                .map(UpstreamTarget::endpoint)
                .filter(endpoint -> AddressGuard.forbids(endpoint).isEmpty())
                .filter(endpoint -> dials(endpoint.hop(), vector))
                .isPresent();
    }

    private static boolean dials(Endpoint hop, Vector vector) {
        Optional<InetAddress> literal = AddressGuard.literal(hop.host());
        return literal.map(Stream::of)
                        .orElseGet(() -> vector.addresses().stream().map(SsrfTableTest::address))
                        .anyMatch(address -> AddressGuard.allows(address, hop))
                || (literal.isEmpty() && vector.addresses().isEmpty());
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<AccountPlan> compiled(String baseUrl, String proxy, String egress) {
        String proxies =
                proxy.isEmpty()
                        ? ""
                        : ", egress: {httpsProxy: "
                                + quoted(proxy)
                                + ", httpProxy: "
                                + quoted(proxy)
                                + "}";
        String yaml =
                """
                apiVersion: llm-gateway.dev/v1alpha1
                kind: GatewayConfig
                metadata: {name: main}
                spec: {egress: %s}
                ---
                apiVersion: llm-gateway.dev/v1alpha1
                kind: UpstreamAccount
                metadata: {name: one}
                spec: {provider: OpenAICompatible, baseURL: %s, formats: [ChatCompletions], models: [{name: "*"}], auth: {none: {}}%s}
                """
                        .formatted(egress, quoted(baseUrl), proxies);
        var read = ManifestReader.read("all.yaml", yaml).manifests();
        return Compiler.compile(read, Instant.EPOCH, CompileOptions.FOLDER)
                .plans()
                .values()
                .stream()
                .flatMap(plan -> plan.accounts().stream())
                .findFirst();
    }

    private static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\r", "\\r")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + "\"";
    }
}
