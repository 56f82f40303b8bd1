package dev.llmgateway.runtime.transport;

import dev.llmgateway.fixtures.correlation.Correlation;
import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// One way of answering a correlated request.
///
/// @param outcome what its client may see
/// @param late whether something follows that can still hurt one next request on the connection
/// @param early answered on the head
record SoakFault(
        Outcome outcome, boolean late, boolean early, Function<Correlation, Script> script) {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    /// What a client may see.
    enum Outcome {
        /// Its own reply.
        Whole,
        /// A cut or an answer of ours, never a whole reply.
        Broken
    }

    static final List<SoakFault> ALL =
            List.of(
                    whole(id -> wire(interim(102)).then(pause(1), write(reply(id)))),
                    whole(id -> wire(interim(103).repeat(3) + reply(id))),
                    whole(id -> wire(interim(104) + interim(199) + reply(id))),
                    whole(id -> wire(reply(id) + "stray")),
                    whole(id -> wire(reply(id) + reply(new Correlation("<poison>")))),
                    late(id -> wire(reply(id)).then(pause(1), write("stray"))),
                    late(id -> wire(reply(id)).then(pause(1), new Step.End())),
                    late(id -> wire(reply(id)).then(new Step.Reset())),
                    whole(id -> wire(reply(id).replace("OK\r\n", "OK\r\nconnection: close\r\n"))),
                    whole(id -> wire(OK + id.line() + "\r\n" + id.id()).then(new Step.End())),
                    whole(id -> wire(chunks(id) + "0\r\nx-trailer: <poison>\r\n\r\n")),
                    whole(id -> wire(chunks(id) + "0;ext\r\n\r\n" + "stray")),
                    whole(id -> id.chunks(3).cutEvery(29, java.time.Duration.ofNanos(100_000))),
                    new SoakFault(Outcome.Whole, false, true, id -> wire(reply(id))),
                    broken(id -> wire(chunks(id)).then(new Step.End())),
                    broken(id -> wire(chunks(id)).then(pause(1), new Step.Reset())),
                    broken(id -> wire(half(id)).then(new Step.End())),
                    broken(id -> wire(half(id)).then(pause(1), new Step.Reset())),
                    broken(_ -> Script.of(new Step.End())),
                    broken(_ -> Script.of(new Step.Reset())),
                    broken(id -> wire(interim(101) + reply(id))),
                    broken(id -> wire(interim(100).repeat(9) + reply(id))),
                    broken(id -> wire(reply(id).replace("OK\r\n", "OK\r\ncontent-length: 1\r\n"))),
                    broken(id -> wire(reply(id).replace("OK\r\n", "OK\r\nbad\0: 1\r\n"))),
                    broken(id -> wire(chunks(id) + "nonsense\r\n")),
                    broken(id -> wire(reply(id).replace("200 OK", "999 X"))));

    /// Silence costs its timeout, so it is rarer than the others.
    static final SoakFault SILENCE = broken(id -> wire(chunks(id)).then(new Step.Stall()));

    static final SoakFault NONE = whole(Correlation::reply);

    /// Most requests are good ones.
    static int draw(RandomGenerator random) {
        int drawn = random.nextInt(4_000);
        return drawn == 0 ? ALL.size() : drawn < 800 ? drawn % ALL.size() : -1;
    }

    static SoakFault of(int number) {
        return number < 0 ? NONE : number == ALL.size() ? SILENCE : ALL.get(number);
    }

    private static SoakFault whole(Function<Correlation, Script> script) {
        return new SoakFault(Outcome.Whole, false, false, script);
    }

    private static SoakFault late(Function<Correlation, Script> script) {
        return new SoakFault(Outcome.Whole, true, false, script);
    }

    private static SoakFault broken(Function<Correlation, Script> script) {
        return new SoakFault(Outcome.Broken, false, false, script);
    }

    private static String reply(Correlation id) {
        return OK + id.line() + "content-length: " + id.id().length() + "\r\n\r\n" + id.id();
    }

    private static String chunks(Correlation id) {
        return OK + id.line() + "transfer-encoding: chunked\r\n\r\n" + id.chunk() + id.chunk();
    }

    private static String half(Correlation id) {
        return OK + id.line() + "content-length: 1000\r\n\r\n" + id.id();
    }

    private static String interim(int status) {
        return "HTTP/1.1 " + status + " Interim\r\n\r\n";
    }

    private static Script wire(String latin1) {
        return Script.of(write(latin1));
    }

    private static Step write(String latin1) {
        return new Step.Write(latin1);
    }

    private static Step pause(long millis) {
        return EdgeFixture.later(millis);
    }
}
