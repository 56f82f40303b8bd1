package dev.llmgateway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmgateway.crds.plan.TimeoutPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.fixtures.http.HttpMessage;
import dev.llmgateway.fixtures.process.Poll;
import dev.llmgateway.fixtures.upstream.FaultTls;
import dev.llmgateway.fixtures.upstream.FaultUpstream;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.fixture.Plans;
import dev.llmgateway.runtime.transport.Certificate;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The truth about the end (reliability-security.md R5): every way in which a reply is no success,
/// in every format, before and behind its first token, streamed and whole. The client gets an error
/// of its format, never a normal end, and the request is settled once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenEndIT {
    private static final TimeoutPlan SHORT =
            new TimeoutPlan(5_000, 5_000, 300, 300, 400, 600_000, 0);
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String JSON = OK + "content-type: application/json\r\n";
    private static final String SSE = OK + "content-type: text/event-stream\r\n";
    private static final List<WireFormat> FORMATS =
            List.of(WireFormat.Messages, WireFormat.ChatCompletions, WireFormat.Responses);

    /// From a cut to the client's error; the promise is 1 s.
    private static final Duration PROMPT = Duration.ofSeconds(5);

    private volatile Script script = Script.of();

    @SuppressWarnings("NullAway.Init")
    private FaultUpstream clear;

    @SuppressWarnings("NullAway.Init")
    private FaultUpstream secured;

    @SuppressWarnings("NullAway.Init")
    private GatewayFixture gateway;

    @SuppressWarnings("NullAway.Init")
    private GatewayFixture overTls;

    /// Ways in which a reply ends.
    enum Ending {
        Fin,
        Reset,
        ShortLength,
        MissingLastChunk,
        LastChunkWithoutTheFormatsEnd,
        CloseDelimited,
        NoGoodbye,
        ErrorEvent,
        ErrorInJson,
        GarbageLine,
        HalfOpen
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Certificate certificate = Certificate.of(folder, "ip:127.0.0.1");
        clear = FaultUpstream.start(_ -> script);
        secured = FaultUpstream.startTls(FaultTls.of(certificate.context()), _ -> script);
        gateway = gateway(clear, "");
        overTls = gateway(secured, certificate.pem());
    }

    private static GatewayFixture gateway(FaultUpstream upstream, String caBundle) {
        return GatewayFixture.serving(
                GatewayFixture.plan(
                        GatewayFixture.account(upstream)
                                .timeouts(SHORT)
                                .health(Plans.Account.FORGIVING)
                                .caBundle(caBundle)
                                .plan()));
    }

    @AfterAll
    void close() {
        gateway.close();
        overTls.close();
        clear.close();
        secured.close();
    }

    static Stream<Arguments> streams() {
        return all(Ending.MissingLastChunk, Ending.ErrorInJson);
    }

    static Stream<Arguments> documents() {
        return all(Ending.LastChunkWithoutTheFormatsEnd, Ending.ErrorEvent, Ending.GarbageLine);
    }

    /// Every ending but some, in every format, before and behind the first token.
    private static Stream<Arguments> all(Ending... without) {
        return Arrays.stream(Ending.values())
                .filter(ending -> !List.of(without).contains(ending))
                .flatMap(ending ->
                        FORMATS.stream()
                                .flatMap(format ->
                                        Stream.of(false, true)
                                                .map(begun ->
                                                        Arguments.of(ending, format, begun))));
    }

    @ParameterizedTest(name = "{0}, {1}, begun {2}")
    @MethodSource("streams")
    void a_stream_that_is_no_success_ends_in_its_formats_error(
            Ending ending, WireFormat format, boolean begun) throws IOException {
        VendorStream stream = VendorStream.of(format, "up", "Hel", "lo");
        List<String> events = stream.events().subList(0, begun ? firstToken(format) : 0);
        GatewayFixture serving = play(ending, stream(ending, stream, events));
        int before = serving.lines();
        long begin = System.nanoTime();

        HttpMessage reply = serving.post(stream.path(), VendorStream.request("up"));

        assertThat(System.nanoTime() - begin).isLessThan(PROMPT.toNanos());
        // An error event that reaches the gateway together with the first token is before both.
        boolean together = ending == Ending.ErrorEvent && reply.status() != 200;
        if (begun && !together) {
            String sent = String.join("", events);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).startsWith(sent);
            assertOneError(reply.text().substring(sent.length()), format);
        } else {
            assertErrorAnswer(reply, format);
        }
        assertSettledOnce(
                serving,
                before,
                begun && !together
                        ? List.of("truncated", "upstream_error")
                        : List.of("unavailable"));
    }

    @ParameterizedTest(name = "{0}, {1}, begun {2}")
    @MethodSource("documents")
    void a_document_that_is_no_success_never_looks_complete(
            Ending ending, WireFormat format, boolean begun) throws IOException {
        VendorStream stream = VendorStream.of(format, "up", "Hello");
        GatewayFixture serving =
                play(ending, document(ending, begun ? "{\"id\":\"x\",\"a\":" : ""));
        int before = serving.lines();
        boolean answered = !begun || ending == Ending.ErrorInJson;

        if (!answered) {
            assertThat(catchThrowable(() -> serving.post(stream.path(), "{\"model\":\"up\"}")))
                    .isInstanceOfAny(EOFException.class, SocketException.class);
        } else {
            HttpMessage reply = serving.post(stream.path(), "{\"model\":\"up\"}");
            // A Responses object tells its failure in a member of its own, with status 200.
            boolean own = ending == Ending.ErrorInJson && format == WireFormat.Responses;
            assertThat(reply.status()).isIn(own ? List.of(200) : List.of(502, 504));
            assertThat(GatewayFixture.json(reply.text()).path("error").isObject()).isTrue();
        }
        assertSettledOnce(serving, before, List.of("truncated", "upstream_error", "unavailable"));
    }

    private GatewayFixture play(Ending ending, Script next) {
        script = next;
        return ending == Ending.NoGoodbye ? overTls : gateway;
    }

    /// Events up to the first with content.
    private static int firstToken(WireFormat format) {
        return switch (format) {
            case Messages -> 3;
            case Responses -> 2;
            case ChatCompletions, Completions, Embeddings, CountTokens, Models -> 1;
        };
    }

    private static Script stream(Ending ending, VendorStream stream, List<String> events) {
        Script chunks = Script.events(events.toArray(String[]::new));
        String text = String.join("", events);
        String rest =
                String.join("", stream.events().subList(events.size(), stream.events().size()));
        return switch (ending) {
            case Fin, MissingLastChunk -> chunks.then(pause(), new Step.End());
            case Reset -> chunks.then(pause(), new Step.Reset());
            case ShortLength ->
                    Script.of(Step.write(SSE + "content-length: 9999\r\n\r\n" + text))
                            .then(pause(), new Step.End());
            case LastChunkWithoutTheFormatsEnd -> chunks.endOfChunks();
            case CloseDelimited ->
                    Script.of(Step.write(SSE + "\r\n" + text)).then(pause(), new Step.End());
            case NoGoodbye ->
                    Script.of(Step.write(SSE + "\r\n" + text)).then(pause(), new Step.Cut());
            case ErrorEvent, ErrorInJson ->
                    chunks.then(pause()).then(events(error(stream.format()))).endOfChunks();
            case GarbageLine ->
                    chunks.then(events("data: <html>Bad Gateway</html>\n\n" + rest)).endOfChunks();
            case HalfOpen -> chunks.then(new Step.Stall());
        };
    }

    private static Script document(Ending ending, String begin) {
        String chunk = begin.isEmpty() ? "" : Integer.toHexString(begin.length()) + "\r\n" + begin;
        String chunked = JSON + "transfer-encoding: chunked\r\n\r\n" + chunk;
        String declared = JSON + "content-length: 99\r\n\r\n" + begin;
        String error = "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"no\"}}";
        return switch (ending) {
            case Fin, MissingLastChunk, LastChunkWithoutTheFormatsEnd ->
                    Script.of(Step.write(chunked), pause(), new Step.End());
            case Reset -> Script.of(Step.write(declared), pause(), new Step.Reset());
            case ShortLength -> Script.of(Step.write(declared), pause(), new Step.End());
            case CloseDelimited ->
                    Script.of(Step.write(JSON + "\r\n" + begin), pause(), new Step.End());
            case NoGoodbye -> Script.of(Step.write(JSON + "\r\n" + begin), pause(), new Step.Cut());
            case ErrorInJson, ErrorEvent, GarbageLine -> Script.json(200, error);
            case HalfOpen -> Script.of(Step.write(declared), new Step.Stall());
        };
    }

    private static Step[] events(String text) {
        return Script.events(text).steps().stream().skip(1).toArray(Step[]::new);
    }

    private static String error(WireFormat format) {
        return switch (format) {
            case Messages ->
                    "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                            + "\"message\":\"busy\"}}\n\n";
            case Responses ->
                    "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":{"
                            + "\"id\":\"resp_1\",\"status\":\"failed\",\"error\":{\"code\":"
                            + "\"server_error\",\"message\":\"busy\"}}}\n\n";
            case ChatCompletions, Completions, Embeddings, CountTokens, Models ->
                    "data: {\"error\":{\"type\":\"server_error\",\"code\":\"rate_limit_exceeded\","
                            + "\"message\":\"busy\"}}\n\n";
        };
    }

    private static void assertErrorAnswer(HttpMessage reply, WireFormat format) {
        assertThat(reply.status()).isIn(502, 503, 504, 529);
        var body = GatewayFixture.json(reply.text());
        assertThat(body.path("error").path("message").asText()).isNotEmpty();
        if (format == WireFormat.Messages) {
            assertThat(body.path("type").asText()).isEqualTo("error");
        }
        assertNoEnd(reply.text());
    }

    private static void assertOneError(String tail, WireFormat format) {
        String event =
                switch (format) {
                    case Messages -> "event: error\n";
                    case Responses -> "event: response.failed\n";
                    case ChatCompletions, Completions, Embeddings, CountTokens, Models ->
                            "data: {\"error\":{";
                };
        assertThat(tail).as(tail).containsOnlyOnce(event).endsWith("}\n\n");
        assertNoEnd(tail);
    }

    private static void assertNoEnd(String text) {
        assertThat(text)
                .doesNotContain("message_stop", "response.completed", "[DONE]")
                .doesNotContainPattern(Pattern.compile("\"finish_reason\":\"\\w+\""));
    }

    private static void assertSettledOnce(
            GatewayFixture serving, int before, List<String> outcomes) {
        Poll.untilTrue(
                GatewayFixture.PATIENCE,
                () ->
                        serving.lines()
                                + " lines, in flight "
                                + serving.services().meters().inFlight(),
                () -> serving.lines() == before + 1 && serving.services().meters().inFlight() == 0);
        String outcome = serving.log(before + 1).getLast().path("outcome").asText();
        assertThat(outcome).isIn(outcomes);
        assertThat(serving.services().accounts().of("UpstreamAccount/default/upstream").inFlight())
                .isZero();
    }

    private static Step pause() {
        return new Step.Pause(Duration.ofMillis(30));
    }
}
