package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.ModelMapping;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.LenientUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.fixture.Plans;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every row of `framing.table` before a strict upstream and two careless ones, in one write and
/// byte by byte: each upstream sees exactly the authorised requests, byte for byte, and behind a
/// refused one nothing of the connection is served (reliability-security.md S5).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileFramingIT {
    private static final String JSON = "{\"ok\":true}";

    private final FaultUpstream strict = FaultUpstream.always(Script.json(200, JSON));
    private final LenientUpstream coding =
            LenientUpstream.start(LenientUpstream.Believes.Coding, JSON);
    private final LenientUpstream length =
            LenientUpstream.start(LenientUpstream.Believes.Length, JSON);
    private final List<Upstream> upstreams =
            List.of(
                    new Upstream("strict", strict.address(), this::strictly),
                    new Upstream("coding", coding.address(), coding::seen),
                    new Upstream("length", length.address(), length::seen));

    @SuppressWarnings("NullAway.Init")
    private GatewayFixture gateway;

    /// One of the three, asked for models that begin with its name.
    private record Upstream(String name, URI address, Supplier<List<String>> seen) {}

    @BeforeAll
    void start() {
        var accounts =
                upstreams.stream()
                        .map(upstream ->
                                Plans.account(upstream.name())
                                        .at(upstream.address() + "/v1")
                                        .models(new ModelMapping(upstream.name() + "-*", "", ""))
                                        .plan())
                        .toList();
        gateway =
                GatewayFixture.serving(
                        Plans.gateway(accounts, List.of(GatewayFixture.key().plan())));
    }

    @AfterAll
    void stop() {
        gateway.close();
        strict.close();
        coding.close();
        length.close();
    }

    static List<FramingTable.Row> rows() {
        return FramingTable.rows();
    }

    @Test
    void the_table_has_enough_rows_of_each_kind() {
        List<FramingTable.Row> rows = rows();

        assertThat(rows).extracting(FramingTable.Row::name).doesNotHaveDuplicates();
        assertThat(rows).hasSizeGreaterThan(250);
        assertThat(rows.stream().filter(FramingTable.Row::ends)).hasSizeGreaterThan(200);
        assertThat(rows.stream().filter(row -> row.authorised() > 0)).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void upstreams_see_exactly_what_was_authorised(FramingTable.Row row) throws IOException {
        for (Upstream upstream : upstreams) {
            check(row, upstream, Integer.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void pieces_of_one_byte_change_nothing(FramingTable.Row row) throws IOException {
        String wire = row.wire("coding");
        check(row, upstreams.get(1), wire.length() > 1_000 ? 777 : 1);
    }

    private void check(FramingTable.Row row, Upstream upstream, int piece) throws IOException {
        int before = upstream.seen().get().size();
        String next = upstream.name() + "-two";

        try (RawClient client = gateway.client()) {
            send(client, row.wire(upstream.name()), piece);
            if (row.cut()) {
                client.endSending();
            } else {
                send(client, FramingTable.request(next), piece);
            }
            for (int status : row.statuses()) {
                HttpMessage answer = client.response();
                assertThat(answer.status()).as(answer.head()).isEqualTo(status);
            }
            if (row.ends() || row.cut()) {
                assertThat(ended(client)).isTrue();
            } else {
                assertThat(client.response().body()).isEqualTo(JSON);
            }
        }

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < row.authorised(); i++) {
            expected.add(sent(upstream, upstream.name() + "-one"));
        }
        if (!row.ends() && !row.cut()) {
            expected.add(sent(upstream, next));
        }
        List<String> seen = upstream.seen().get();
        assertThat(seen.subList(before, seen.size())).isEqualTo(expected);
    }

    private static void send(RawClient client, String wire, int piece) throws IOException {
        try {
            for (int from = 0; from < wire.length(); from += Math.min(piece, wire.length())) {
                int end = piece < wire.length() - from ? from + piece : wire.length();
                client.send(wire.substring(from, end));
            }
        } catch (SocketException _) {
            // The gateway has ended a refused connection while the rest was being sent.
        }
    }

    private static boolean ended(RawClient client) throws IOException {
        try {
            return client.ended();
        } catch (SocketException _) {
            return true; // with a reset, since more came than the gateway would read
        }
    }

    /// The one way in which the gateway asks for a model here.
    private static String sent(Upstream upstream, String model) {
        String body = FramingTable.body(model);
        return "POST /v1/chat/completions HTTP/1.1\r\nhost: "
                + upstream.address().getAuthority()
                + "\r\naccept-encoding: identity\r\nContent-Type: application/json\r\n"
                + "content-length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    private List<String> strictly() {
        return strict.received().stream().map(each -> each.message().wire()).toList();
    }
}
