package dev.llmgateway.crds.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCodecTest {
    @Test
    void aPlanSurvivesTheWayThereAndBack() throws Exception {
        GatewayPlan plan = plan("sk");

        GatewayPlan back = PlanCodec.decode(PlanCodec.encode(plan));

        assertThat(back).isEqualTo(plan);
    }

    @Test
    void everyKindOfChoiceIsTold() throws Exception {
        String json = new String(PlanCodec.encode(plan("sk")), UTF_8);

        assertThat(json)
                .startsWith("{\"format\":1,\"plan\":{\"accounts\":[")
                .contains("\"type\":\"ApiKey\"")
                .contains("\"type\":\"OAuth\"")
                .contains("\"type\":\"Passthrough\"")
                .contains("\"type\":\"Anonymous\"")
                .contains("\"type\":\"Served\"")
                .contains("\"type\":\"All\"")
                .contains("\"type\":\"Names\"");
    }

    @Test
    void equalPlansGiveEqualBytesAndOthersDoNot() {
        assertThat(PlanCodec.encode(plan("sk"))).isEqualTo(PlanCodec.encode(plan("sk")));

        assertThat(PlanCodec.encode(plan("sk"))).isNotEqualTo(PlanCodec.encode(plan("other")));
    }

    @Test
    void fieldsAreSortedByName() {
        String json = new String(PlanCodec.encode(plan("sk")), UTF_8);
        List<String> top =
                List.of("accounts", "catalog", "gateway", "keys", "routes", "settings").stream()
                        .sorted((a, b) ->
                                json.indexOf("\"" + a + "\":") - json.indexOf("\"" + b + "\":"))
                        .toList();

        assertThat(json).containsSubsequence("\"accounts\":", "\"catalog\":", "\"gateway\":");
        assertThat(top.getFirst()).isEqualTo("accounts");
        assertThat(json).contains("{\"name\":\"main\",\"namespace\":\"team\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"format\":2,\"plan\":{\"whatever\":1}} | plan format 2 is unknown; this program reads format 1",
                "{\"plan\":{}} | unreadable plan: expected field format, found plan",
                "{\"format\":\"1\",\"plan\":{}} | unreadable plan: expected a number in format",
                "{\"format\":1} | unreadable plan: expected field plan",
                "{\"format\":1,\"plan\":null} | unreadable plan: expected an object in plan",
                "[] | unreadable plan: expected an object {\"format\":…,\"plan\":…}"
            })
    void anotherFormatIsNamed(String json, String message) {
        assertThatExceptionOfType(PlanFormatException.class)
                .isThrownBy(() -> PlanCodec.decode(json.getBytes(UTF_8)))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"pool\":\"default\", | '' | accounts[0].pool",
                "\"pool\":\"default\" | \"pool\":null | accounts[0].pool",
                "\"priority\":0 | \"priority\":0.5 | accounts[0].priority",
                "\"priority\":0 | \"priority\":\"0\" | accounts[0].priority",
                "\"priority\":0 | \"priority\":null | accounts[0].priority",
                "\"provider\":\"Anthropic\" | \"provider\":\"Newest\" | accounts[0].provider",
                "\"type\":\"ApiKey\" | \"type\":\"Telepathy\" | accounts[0].credential"
            })
    void aGapIsNamedByItsPath(String found, String replacement, String path) {
        String json = new String(PlanCodec.encode(plan("sk")), UTF_8);
        String broken = json.replaceFirst(java.util.regex.Pattern.quote(found), replacement);

        assertThat(broken).isNotEqualTo(json);
        assertThatExceptionOfType(PlanFormatException.class)
                .isThrownBy(() -> PlanCodec.decode(broken.getBytes(UTF_8)))
                .withMessageStartingWith("unreadable plan: " + path);
    }

    @Test
    void aFieldThatANewerProgramAddedIsSkipped() throws Exception {
        String json = new String(PlanCodec.encode(plan("sk")), UTF_8);
        String newer = json.replaceFirst("\"pool\":", "\"poolColour\":{\"a\":[1]},\"pool\":");

        assertThat(newer).isNotEqualTo(json);
        assertThat(PlanCodec.decode(newer.getBytes(UTF_8))).isEqualTo(plan("sk"));
    }

    @Test
    void aNullInAListIsRefused() {
        String json = new String(PlanCodec.encode(plan("sk")), UTF_8);
        String broken =
                json.replace("\"capacityStatuses\":[429]", "\"capacityStatuses\":[429,null]");

        assertThat(broken).isNotEqualTo(json);
        assertThatExceptionOfType(PlanFormatException.class)
                .isThrownBy(() -> PlanCodec.decode(broken.getBytes(UTF_8)));
    }

    @Test
    void halfAPlanAndATrailingOneAreRefused() {
        byte[] whole = PlanCodec.encode(plan("sk"));
        byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
        byte[] twice = (new String(whole, UTF_8) + new String(whole, UTF_8)).getBytes(UTF_8);

        assertThatExceptionOfType(PlanFormatException.class)
                .isThrownBy(() -> PlanCodec.decode(half));
        assertThatExceptionOfType(PlanFormatException.class)
                .isThrownBy(() -> PlanCodec.decode(twice))
                .withMessage("unreadable plan: text after the end");
        assertThatExceptionOfType(PlanFormatException.class)
                .isThrownBy(() -> PlanCodec.decode(new byte[0]));
    }

    private static GatewayPlan plan(String secret) {
        CredentialRef ref = new CredentialRef("team", secret, "key");
        GatewaySettings settings =
                new GatewaySettings(
                        "LeastOutstanding",
                        new GatewaySettings.AffinityPlan(
                                true, List.of("Header"), "x-session-id", 300_000),
                        false,
                        "default",
                        3,
                        20,
                        "FirstContent",
                        1 << 25,
                        2_000,
                        1L << 28,
                        50,
                        List.of("https://app.example.com"),
                        false,
                        true,
                        false,
                        new ListenerTls.Served(ref, ref, "PEM"),
                        List.of(
                                new BudgetPlan(
                                        "org",
                                        "Gateway",
                                        "MicroUSD",
                                        9,
                                        "Month",
                                        "UTC",
                                        "Reject")));
        return new GatewayPlan(
                new ObjectRef("team", "main"),
                settings,
                List.of(
                        account(
                                "a",
                                new CredentialPlan.ApiKey(ref, CredentialPlan.Header.ByVersion)),
                        account("b", new CredentialPlan.OAuth(ref, "Qwen", List.of("*.qwen.ai"))),
                        account("c", new CredentialPlan.Passthrough()),
                        account("d", new CredentialPlan.Anonymous())),
                List.of(key()),
                List.of(route()),
                List.of(
                        new CatalogEntry(
                                "*",
                                "",
                                "N",
                                "Full",
                                false,
                                "System",
                                false,
                                true,
                                false,
                                "max_tokens",
                                false,
                                false,
                                false,
                                false,
                                32_000,
                                0,
                                new CatalogEntry.Price(1, 2, 3, 4))));
    }

    private static AccountPlan account(String name, CredentialPlan credential) {
        return new AccountPlan(
                new ObjectRef("team", name),
                "UpstreamAccount/team/" + name,
                Provider.Anthropic,
                "https://api.anthropic.com",
                new TreeSet<>(List.of(WireFormat.Messages, WireFormat.CountTokens)),
                credential,
                List.of(new ModelMapping("claude-*", "", "anthropic/")),
                "default",
                0,
                100,
                CapacityPlan.UNLIMITED,
                new HealthPlan(
                        List.of(429), List.of(401), 5_000, 300_000, true, 5, 1_000, 30_000, "", 0),
                List.of(new HeaderPlan("anthropic-beta", "x")),
                List.of("x-team"),
                EgressPlan.DIRECT,
                TimeoutPlan.DEFAULT,
                new NamespaceSet.All(),
                false);
    }

    private static KeyPlan key() {
        return new KeyPlan(
                new ObjectRef("team", "k"),
                "GatewayKey/team/k",
                List.of(new KeyHash("ab".repeat(32), 0)),
                "Group",
                "生产",
                new TreeSet<>(List.of(KeyPlan.Access.Read)),
                0,
                new TreeSet<>(List.of(WireFormat.Messages)),
                List.of(new ModelFilterPlan(List.of("claude-*"), List.of())),
                List.of(),
                NamespaceSet.of(List.of("team", "other")),
                List.of(route()),
                LimitPlan.UNLIMITED,
                List.of(),
                false);
    }

    private static RoutePlan route() {
        return new RoutePlan(
                "fast", "fast", 0, List.of(new RoutePlan.Target("default", "claude-haiku", 90, 0)));
    }
}
