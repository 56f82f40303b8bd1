package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests of one conversation go to one account, however the client names it (translation.md
/// 2.9); several conversations spread.
class AffinityIT {
    private static final int ACCOUNTS = 3;
    private static final int TURNS = 12;
    private static final String CHAT = "/v1/chat/completions";
    private static final String GOOD = "{\"id\":\"1\",\"choices\":[],\"model\":\"m\"}";

    private final List<FaultUpstream> upstreams =
            Stream.generate(() -> FaultUpstream.always(Script.json(200, GOOD)))
                    .limit(ACCOUNTS)
                    .toList();
    private final GatewayFixture gateway = GatewayFixture.serving(plan());

    @AfterEach
    void close() {
        gateway.close();
        upstreams.forEach(FaultUpstream::close);
    }

    private GatewayPlan plan() {
        List<AccountPlan> accounts = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            accounts.add(Plans.account("a" + i).at(upstreams.get(i).address() + "/v1").plan());
        }
        return Plans.with(
                Plans.gateway(accounts, List.of(GatewayFixture.key().plan())), Plans.generous());
    }

    /// A conversation's name, its turns' bodies and header lines by number.
    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of("x-session-id", header("x-session-id")),
                Arguments.of("x-claude-code-session-id", header("x-claude-code-session-id")),
                Arguments.of("session_id", header("session_id")),
                Arguments.of(
                        "metadata.user_id, older",
                        body(c ->
                                "\"metadata\":{\"user_id\":\"user_ab_account__session_"
                                        + c
                                        + "\"},")),
                Arguments.of(
                        "metadata.user_id, newer",
                        body(c ->
                                "\"metadata\":{\"user_id\":\"{\\\"device_id\\\":\\\"d\\\","
                                        + "\\\"session_id\\\":\\\""
                                        + c
                                        + "\\\"}\"},")),
                Arguments.of("prompt_cache_key", body(c -> "\"prompt_cache_key\":\"k" + c + "\",")),
                Arguments.of(
                        "previous_response_id",
                        body(c -> "\"previous_response_id\":\"r" + c + "\",")),
                Arguments.of("first user message", (Turn) AffinityIT::conversation));
    }

    /// One turn of a conversation.
    interface Turn {
        /// Header lines, a NUL, and the body.
        String of(int conversation, int turn);
    }

    private static Turn header(String name) {
        return (conversation, turn) ->
                name + ": s" + conversation + "\r\n\0" + request("", "Hi " + turn);
    }

    private static Turn body(IntFunction<String> member) {
        return (conversation, turn) -> "\0" + request(member.apply(conversation), "Hi " + turn);
    }

    /// The cache's mark moves on from turn to turn; the beginning stays.
    private static String conversation(int conversation, int turn) {
        String mark = turn == 0 ? ",\"cache_control\":{\"type\":\"ephemeral\"}" : "";
        String more =
                ",{\"role\":\"assistant\",\"content\":\"Yes\"},{\"role\":\"user\",\"content\":\"More\"}"
                        .repeat(turn);
        return "\0{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Be kind.\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"I am "
                + conversation
                + "\""
                + mark
                + "}]}"
                + more
                + "]}";
    }

    private static String request(String members, String text) {
        return "{"
                + members
                + "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + text
                + "\"}]}";
    }

    private int serve(String turn) throws IOException {
        List<Integer> before = upstreams.stream().map(up -> up.received().size()).toList();
        int cut = turn.indexOf('\0');
        String fields = GatewayFixture.FIELDS + turn.substring(0, cut);
        assertThat(gateway.post(CHAT, fields, turn.substring(cut + 1)).status()).isEqualTo(200);
        for (int i = 0; i < ACCOUNTS; i++) {
            if (upstreams.get(i).received().size() > before.get(i)) {
                return i;
            }
        }
        throw new AssertionError("nobody was asked");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void a_conversation_stays_with_its_account(String what, Turn turns) throws IOException {
        Set<Integer> all = new HashSet<>();
        for (int conversation = 0; conversation < 20; conversation++) {
            Set<Integer> served = new HashSet<>();
            for (int turn = 0; turn < (conversation == 0 ? TURNS : 2); turn++) {
                served.add(serve(turns.of(conversation, turn)));
            }

            assertThat(served).as(what).hasSize(1);
            all.addAll(served);
        }
        assertThat(all).as("20 conversations of equal accounts").hasSize(ACCOUNTS);
    }

    @Test
    void what_names_no_conversation_spreads() throws IOException {
        Set<Integer> served = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            served.add(serve("\0{\"model\":\"m\",\"messages\":[]}"));
        }

        assertThat(served).hasSize(ACCOUNTS);
    }

    @Test
    void a_conversation_keeps_its_account_across_a_reload() throws IOException {
        List<Integer> before = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            before.add(serve(header("x-session-id").of(i, 0)));
        }

        gateway.swap("second", plan());

        for (int i = 0; i < 30; i++) {
            assertThat(serve(header("x-session-id").of(i, 1))).isEqualTo(before.get(i));
        }
    }
}
