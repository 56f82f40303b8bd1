package dev.llmgateway.runtime.routing;

import static dev.llmgateway.runtime.fixture.Plans.account;
import static dev.llmgateway.runtime.fixture.Plans.gateway;
import static dev.llmgateway.runtime.fixture.Plans.key;
import static dev.llmgateway.runtime.fixture.Plans.route;
import static dev.llmgateway.runtime.fixture.Plans.settings;
import static dev.llmgateway.runtime.fixture.Plans.target;
import static dev.llmgateway.runtime.fixture.Plans.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.ModelMapping;
import dev.llmgateway.crds.plan.NamespaceSet;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final KeyPlan KEY = key("dev").plan();

    @Test
    void everyConsentedAccountThatListsTheModelIsACandidate() {
        GatewayPlan plan =
                gateway(
                        List.of(
                                serves("a", "gpt-5"),
                                serves("b", "gpt-*"),
                                serves("c", "claude-*")),
                        List.of(KEY));

        Decision decision = ask(plan, KEY, "gpt-5");

        assertThat(names(decision)).containsExactly(List.of("a", "b"));
        assertThat(decision.exclusions())
                .extracting(out -> out.account().name(), Decision.Exclusion::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("c", Reason.ModelNotServed));
    }

    @Test
    void anExactRouteBeatsALongerPrefixBeatsAStar() {
        GatewayPlan plan =
                gateway(
                        List.of(
                                account("a").pool("star").plan(),
                                account("b").pool("prefix").plan(),
                                account("c").pool("exact").plan()),
                        List.of(KEY),
                        route("any", "*", target("star", "", 1, 0)),
                        route("short", "gpt-*", target("star", "", 1, 0)),
                        route("long", "gpt-5*", target("prefix", "", 1, 0)),
                        route("exact", "gpt-5", target("exact", "", 1, 0)));

        assertThat(names(ask(plan, KEY, "gpt-5"))).containsExactly(List.of("c"));
        assertThat(names(ask(plan, KEY, "gpt-5-mini"))).containsExactly(List.of("b"));
        assertThat(names(ask(plan, KEY, "llama"))).containsExactly(List.of("a"));
    }

    @Test
    void aKeysOwnRouteComesBeforeTheGateways() {
        KeyPlan key = key("own").routes(route("mine", "*", target("mine", "", 1, 0))).plan();
        GatewayPlan plan =
                gateway(
                        List.of(
                                account("a").pool("mine").plan(),
                                account("b").pool("theirs").plan()),
                        List.of(key),
                        route("exact", "gpt-5", target("theirs", "", 1, 0)));

        Decision decision = ask(plan, key, "gpt-5");

        assertThat(decision.route()).isEqualTo("mine");
        assertThat(names(decision)).containsExactly(List.of("a"));
    }

    @Test
    void aMatchedRouteIsFinalEvenWhenItsPoolIsEmpty() {
        GatewayPlan plan =
                gateway(
                        List.of(serves("a", "gpt-5")),
                        List.of(KEY),
                        route("nowhere", "gpt-5", target("no-such-pool", "", 1, 0)));

        assertThat(ask(plan, KEY, "gpt-5").isEmpty()).isTrue();
    }

    @Test
    void targetsAndAccountsAreTriedByPriority() {
        GatewayPlan plan =
                gateway(
                        List.of(
                                account("spare").pool("p").priority(5).plan(),
                                account("main").pool("p").priority(0).plan(),
                                account("other").pool("q").plan()),
                        List.of(KEY),
                        route("r", "fast", target("q", "small", 1, 1), target("p", "big", 1, 0)));

        Decision decision = ask(plan, KEY, "fast");

        assertThat(names(decision))
                .containsExactly(List.of("main"), List.of("spare"), List.of("other"));
        assertThat(decision.tiers().getFirst().candidates().getFirst().model()).isEqualTo("big");
    }

    @Test
    void weightsOfTargetAndAccountMultiply() {
        GatewayPlan plan =
                gateway(
                        List.of(
                                account("a").pool("p").weight(2).plan(),
                                account("b").pool("q").weight(3).plan()),
                        List.of(KEY),
                        route("r", "m", target("p", "", 90, 0), target("q", "", 10, 0)));

        Decision.Tier tier = ask(plan, KEY, "m").tiers().getFirst();

        assertThat(tier.candidates())
                .extracting(candidate -> candidate.weight())
                .containsExactly(180, 30);
    }

    @Test
    void theMostSpecificMappingNamesTheUpstreamModel() {
        AccountPlan account =
                account("a")
                        .models(
                                new ModelMapping("*", "fallback", ""),
                                new ModelMapping("claude-*", "", ""),
                                new ModelMapping("claude-sonnet", "claude-sonnet-4-5", ""),
                                new ModelMapping("anthropic/*", "", "anthropic/"))
                        .plan();
        GatewayPlan plan = gateway(List.of(account), List.of(KEY));

        assertThat(model(plan, "claude-sonnet")).isEqualTo("claude-sonnet-4-5");
        assertThat(model(plan, "claude-opus")).isEqualTo("claude-opus");
        assertThat(model(plan, "anthropic/claude-opus")).isEqualTo("claude-opus");
        assertThat(model(plan, "anything")).isEqualTo("fallback");
    }

    @Test
    void consentIsNeededFromBothSides() {
        AccountPlan foreign =
                account("a")
                        .namespace("team-a")
                        .consumers(NamespaceSet.of(List.of("default")))
                        .plan();
        AccountPlan closed = account("b").consumers(NamespaceSet.of(List.of())).plan();
        KeyPlan trusting =
                key("t").accountNamespaces(NamespaceSet.of(List.of("default", "team-a"))).plan();
        GatewayPlan plan = gateway(List.of(foreign, closed), List.of(KEY, trusting));

        assertThat(reasons(ask(plan, KEY, "m")))
                .containsExactly(Reason.NotConsented, Reason.NotConsented);
        assertThat(names(ask(plan, trusting, "m"))).containsExactly(List.of("a"));
    }

    @Test
    void poolsDenialsSuspensionAndCredentialModesExclude() {
        KeyPlan key = key("k").pools("p", "q").filter(List.of(), List.of("*-opus-*")).plan();
        AccountPlan otherPool = account("a").pool("r").plan();
        AccountPlan renames =
                account("b").pool("p").models(new ModelMapping("m", "claude-opus-4", "")).plan();
        AccountPlan suspended = account("c").pool("p").suspended().plan();
        AccountPlan forwards =
                account("d").pool("q").credential(new CredentialPlan.Passthrough()).plan();
        GatewayPlan plan = gateway(List.of(otherPool, renames, suspended, forwards), List.of(key));

        assertThat(reasons(ask(plan, key, "m")))
                .containsExactly(
                        Reason.PoolNotPermitted,
                        Reason.ModelDenied,
                        Reason.Suspended,
                        Reason.OwnCredentialNeeded);
        Decision own =
                RoutingTable.of(plan)
                        .decide(new Question(new Caller(key), "m", WireFormat.Messages, true));
        assertThat(names(own)).containsExactly(List.of("d"));
    }

    @Test
    void aFormatNobodySpeaksIsToldApartFromAnUnknownModel() {
        GatewayPlan plan =
                gateway(List.of(account("a").formats(WireFormat.Embeddings).plan()), List.of(KEY));

        assertThat(ask(plan, KEY, "m").onlyFormatDiffers()).isTrue();
        assertThat(ask(gateway(List.of(), List.of(KEY)), KEY, "m").onlyFormatDiffers()).isFalse();
    }

    @Test
    void unmatchedModelsPassToTheDefaultPoolOnlyWhereAsked() {
        List<AccountPlan> accounts = List.of(serves("a", "claude-*"));
        GatewayPlan rejecting = gateway(accounts, List.of(KEY));
        GatewayPlan passing = with(rejecting, settings(true));

        assertThat(ask(rejecting, KEY, "new-model").isEmpty()).isTrue();
        assertThat(names(ask(passing, KEY, "new-model"))).containsExactly(List.of("a"));
        assertThat(model(passing, "new-model")).isEqualTo("new-model");
    }

    private static AccountPlan serves(String name, String pattern) {
        return account(name).models(new ModelMapping(pattern, "", "")).plan();
    }

    @Test
    void accountsOfTheClientsOwnFormatComeBeforeTranslatedOnesOfTheSamePriority() {
        GatewayPlan plan =
                gateway(
                        List.of(
                                account("chat").formats(WireFormat.ChatCompletions).plan(),
                                account("late").priority(1).plan(),
                                account("native").plan(),
                                account("other").formats(WireFormat.ChatCompletions).plan()),
                        List.of(KEY));

        Decision decision = ask(plan, KEY, "m");

        assertThat(names(decision))
                .containsExactly(List.of("native"), List.of("chat", "other"), List.of("late"));
        assertThat(decision.tiers().get(1).candidates().getFirst().format())
                .isEqualTo(WireFormat.ChatCompletions);
    }

    private static Decision ask(GatewayPlan plan, KeyPlan key, String model) {
        return RoutingTable.of(plan)
                .decide(new Question(new Caller(key), model, WireFormat.Messages, false));
    }

    private static String model(GatewayPlan plan, String asked) {
        return ask(plan, KEY, asked).tiers().getFirst().candidates().getFirst().model();
    }

    private static List<List<String>> names(Decision decision) {
        return decision.tiers().stream()
                .map(tier ->
                        tier.candidates().stream().map(one -> one.account().ref().name()).toList())
                .toList();
    }

    private static List<Reason> reasons(Decision decision) {
        return decision.exclusions().stream().map(Decision.Exclusion::reason).toList();
    }
}
