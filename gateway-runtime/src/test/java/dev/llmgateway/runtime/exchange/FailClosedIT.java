package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CredentialPlan;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.GatewaySettings;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.admission.ApiKeys;
import dev.llmgateway.runtime.balance.PoolMemory;
import dev.llmgateway.runtime.exchange.Sabotage.Manner;
import dev.llmgateway.runtime.exchange.Sabotage.Part;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.routing.RoutingTable;
import dev.llmgateway.runtime.upstream.Credential;
import dev.llmgateway.runtime.upstream.Credentials;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a decision meets - an exception, nothing at all, a plan with holes - the request is
/// refused and never reaches the upstream, and the next one is served (reliability-security.md
/// S14).
class FailClosedIT {
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 404, 413, 415, 500, 503);
    private static final String BODY = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\"}]}";

    /// More calls of one part than any request makes.
    private static final int MOST_CALLS = 60;

    private final FaultUpstream upstream = FaultUpstream.always(Script.json(200, "{\"id\":1}"));
    private final Sabotage.Site site = new Sabotage.Site();

    /// A key that may do just this, so that every list is asked.
    private final GatewayPlan plan =
            Plans.gateway(
                    List.of(GatewayFixture.account(upstream).plan()),
                    List.of(
                            GatewayFixture.key()
                                    .pools("default")
                                    .filter(List.of("gpt-*"), List.of("gpt-5"))
                                    .plan()));

    @SuppressWarnings("NullAway.Init")
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = GatewayFixture.with(plan, site, site, site.around());
    }

    /// Nothing is held back by what went wrong: no body byte, no lease, no place in the count.
    @AfterEach
    void stop() {
        gateway.takeBugs();
        Poll.untilTrue(
                GatewayFixture.PATIENCE,
                () -> "left: " + gateway.stats() + " " + gateway.services().meters().inFlight(),
                () ->
                        gateway.stats().bufferedBodyBytes() == 0
                                && gateway.stats().upstreamLeased() == 0
                                && gateway.services().meters().inFlight() == 0);
        gateway.close();
        upstream.close();
    }

    /// Every call a request makes to a part, on each path with a decision of its own.
    @ParameterizedTest
    @EnumSource(Part.class)
    void a_part_that_throws_refuses_the_request(Part part) throws IOException {
        int points = 0;
        for (String path : List.of("/v1/chat/completions", "/v1/messages", "/v1/responses")) {
            points += everyCall(part, Manner.Throws, path, HttpMessage::status);
        }

        assertThat(points).as(part.name()).isGreaterThanOrEqualTo(atLeast(part));
    }

    private static int atLeast(Part part) {
        return switch (part) {
            case Head -> 45;
            case Chunk, Selection -> 3;
            case Body -> 9;
            case Clock -> 6;
        };
    }

    /// A header that is not there is an answer of its own; the key's must be there. A strategy that
    /// names nobody is asked again for a last resort.
    @ParameterizedTest
    @EnumSource(
            value = Part.class,
            names = {"Chunk", "Clock"})
    void a_part_that_says_nothing_refuses_the_request(Part part) throws IOException {
        assertThat(everyCall(part, Manner.SaysNothing, "/v1/messages", HttpMessage::status))
                .isPositive();
    }

    private int everyCall(
            Part part, Manner manner, String path, Function<HttpMessage, Integer> status)
            throws IOException {
        int call = 1;
        for (; call <= MOST_CALLS; call++) {
            int before = upstream.received().size();
            Sabotage sabotage = site.next(part, manner, call);
            HttpMessage reply = gateway.post(path, bearer(), BODY);
            boolean happened = sabotage.happened();
            site.calm();
            if (!happened) {
                break;
            }
            refused(part + " call " + call + " on " + path, status.apply(reply), before);
        }
        assertThat(call).as("the request makes fewer calls").isLessThan(MOST_CALLS);
        return call - 1;
    }

    /// No header tells the format here, so that the body has to.
    private static String bearer() {
        return "authorization: Bearer "
                + GatewayFixture.KEY
                + "\r\ncontent-type: application/json\r\n";
    }

    private void refused(String what, int status, int before) throws IOException {
        assertThat(status).as(what).isIn(REFUSALS);
        assertThat(upstream.received()).as(what).hasSize(before);
        gateway.takeBugs();
        serves(what);
    }

    private void serves(String after) throws IOException {
        int before = upstream.received().size();
        assertThat(gateway.post("/v1/chat/completions", bearer(), BODY).status())
                .as("the next request after " + after)
                .isEqualTo(200);
        assertThat(upstream.received()).hasSize(before + 1);
        assertThat(gateway.takeBugs()).isEmpty();
    }

    @Test
    void a_snapshot_with_a_hole_refuses_the_request() throws IOException {
        Snapshot good = gateway.snapshot("good", plan);
        RoutingTable routes = good.routes();
        ApiKeys keys = good.keys();
        List<Snapshot> broken =
                List.of(
                        holed(good, "plan"),
                        holed(good, "keys"),
                        holed(good, "routes"),
                        holed(good, "upstreams"),
                        new Snapshot(
                                "",
                                plan,
                                keys,
                                routes,
                                good.selector(),
                                Map.of(),
                                good.cors(),
                                good.ids()),
                        new Snapshot(
                                "",
                                plan,
                                ApiKeys.of(List.of()),
                                routes,
                                good.selector(),
                                good.upstreams(),
                                good.cors(),
                                good.ids()));

        for (Snapshot snapshot : broken) {
            for (String path : List.of("/v1/chat/completions", "/v1/messages", "/v1/responses")) {
                int before = upstream.received().size();
                gateway.services().live().swap(snapshot);
                HttpMessage reply = gateway.post(path, BODY);
                gateway.services().live().swap(good);
                refused(snapshot.toString(), reply.status(), before);
            }
        }
    }

    /// Parts of a plan that decide nothing about this request.
    private static final Set<String> NO_DECISION =
            Set.of(
                    "GatewayPlan.gateway",
                    "GatewaySettings.strategy",
                    "GatewaySettings.affinity",
                    "GatewaySettings.commitPoint",
                    "GatewaySettings.defaultPool",
                    "GatewaySettings.tls",
                    "KeyPlan.ref",
                    "KeyPlan.uid",
                    "KeyPlan.ownerKind",
                    "KeyPlan.ownerName",
                    "KeyPlan.limits",
                    "AccountPlan.capacity",
                    "AccountPlan.health",
                    "AccountPlan.ref",
                    // These are in the upstream's target, which was built before.
                    "AccountPlan.provider",
                    "AccountPlan.baseURL",
                    "AccountPlan.credential",
                    "AccountPlan.egress",
                    "AccountPlan.timeouts");

    @TestFactory
    Stream<DynamicTest> a_plan_with_a_hole_is_not_loaded() {
        return holes().map(hole ->
                dynamicTest(
                        hole.toString(),
                        () ->
                                assertThatThrownBy(() ->
                                                Snapshot.of(
                                                        "broken",
                                                        hole.in(plan),
                                                        _ -> Optional.empty(),
                                                        PoolMemory.seeded(1)))
                                        .isInstanceOfAny(
                                                NullPointerException.class,
                                                IllegalStateException.class)));
    }

    /// As if nobody had looked at the plan before.
    @Test
    void a_decision_that_meets_a_hole_refuses() throws IOException {
        int points = 0;
        Snapshot good = gateway.snapshot("good", plan);
        for (Hole hole : holes().filter(hole -> !NO_DECISION.contains(hole.toString())).toList()) {
            Optional<Snapshot> broken = unchecked(hole, good);
            if (broken.isPresent()) {
                points++;
                int before = upstream.received().size();
                gateway.services().live().swap(broken.get());
                HttpMessage reply = gateway.post("/v1/messages", BODY);
                gateway.services().live().swap(good);
                refused(hole.toString(), reply.status(), before);
            }
        }
        assertThat(points).isPositive();
    }

    private Optional<Snapshot> unchecked(Hole hole, Snapshot good) {
        try {
            GatewayPlan broken = hole.in(plan);
            return Optional.of(
                    new Snapshot(
                            "broken",
                            broken,
                            ApiKeys.of(broken.keys()),
                            RoutingTable.of(broken),
                            good.selector(),
                            good.upstreams(),
                            good.cors(),
                            good.ids()));
        } catch (NullPointerException _) {
            return Optional.empty(); // cannot even be built
        }
    }

    /// A credential that cannot be had, or could end a header line, is no reason to call without.
    @Test
    void an_account_without_a_usable_credential_is_not_loaded() {
        CredentialRef ref = new CredentialRef("default", "secret", "key");
        List<CredentialPlan> kinds = new ArrayList<>();
        kinds.add(new CredentialPlan.OAuth(ref, "Anthropic", List.of()));
        for (CredentialPlan.Header header : CredentialPlan.Header.values()) {
            kinds.add(new CredentialPlan.ApiKey(ref, header));
        }
        List<Credentials> broken = new ArrayList<>();
        broken.add(_ -> Optional.empty());
        broken.add(_ -> {
            throw new IllegalStateException("no credentials");
        });
        for (String text : List.of("", "sk\n", "sk\r\nx: y", "sk\0", " sk", "sk ", "s\u560ak")) {
            broken.add(_ -> Optional.of(new Credential.Value(text)));
        }

        for (CredentialPlan kind : kinds) {
            var account = GatewayFixture.account(upstream).credential(kind).plan();
            for (Credentials credentials : broken) {
                assertThatThrownBy(() ->
                                Snapshot.of(
                                        "x",
                                        GatewayFixture.plan(account),
                                        credentials,
                                        PoolMemory.seeded(1)))
                        .isInstanceOfAny(
                                IllegalStateException.class, IllegalArgumentException.class)
                        .hasMessageNotContaining("sk");
            }
        }
    }

    /// One member of a plan that is null.
    private record Hole(Class<?> type, String member) {
        GatewayPlan in(GatewayPlan plan) {
            if (type == GatewayPlan.class) {
                return (GatewayPlan) holed(type, plan, member);
            }
            if (type == GatewaySettings.class) {
                return Plans.with(plan, (GatewaySettings) holed(type, plan.settings(), member));
            }
            return type == KeyPlan.class
                    ? Plans.gateway(
                            plan.accounts(),
                            List.of((KeyPlan) holed(type, plan.keys().getFirst(), member)))
                    : Plans.gateway(
                            List.of((AccountPlan) holed(type, plan.accounts().getFirst(), member)),
                            plan.keys());
        }

        @Override
        public String toString() {
            return type.getSimpleName() + "." + member;
        }
    }

    private static Stream<Hole> holes() {
        return Stream.of(GatewayPlan.class, GatewaySettings.class, KeyPlan.class, AccountPlan.class)
                .flatMap(type ->
                        Arrays.stream(type.getRecordComponents())
                                .filter(member -> !member.getType().isPrimitive())
                                .map(member -> new Hole(type, member.getName())));
    }

    private static Snapshot holed(Snapshot snapshot, String component) {
        return (Snapshot) holed(Snapshot.class, snapshot, component);
    }

    /// The same record with null in one place.
    private static Object holed(Class<?> type, Object record, String component) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                boolean hole = components[i].getName().equals(component);
                components[i].getAccessor().setAccessible(true);
                values[i] = hole ? null : components[i].getAccessor().invoke(record);
            }
            Class<?>[] types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            return fail(e);
        } catch (ReflectiveOperationException e) {
            return fail(e);
        }
    }
}
