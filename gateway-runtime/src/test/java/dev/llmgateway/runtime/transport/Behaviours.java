package dev.llmgateway.runtime.transport;

import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.fixtures.upstream.Step;
import dev.llmgateway.runtime.transport.Behaviour.Expected;
import dev.llmgateway.runtime.transport.Behaviour.Request;
import dev.llmgateway.runtime.transport.TransportFailure.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// The table of what upstreams do wrong (reliability-security.md R11).
final class Behaviours {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "transfer-encoding: chunked\r\n\r\n";
    private static final String CHUNK = "3\r\nodd\r\n";
    private static final String LAST = "0\r\n\r\n";
    private static final String GOOD = OK + "content-length: 3\r\n\r\nodd";
    private static final String UNTIL_CLOSE = OK + "\r\nodd";

    private static final Expected WHOLE = new Behaviour.Whole(200, "odd");
    private static final Expected EMPTY = new Behaviour.Whole(200, "");
    private static final Expected MALFORMED = refused(Kind.Malformed);

    private final List<Behaviour> all = new ArrayList<>();

    private Behaviours() {}

    static List<Behaviour> all() {
        Behaviours table = new Behaviours();
        table.interim();
        table.withoutBody();
        table.leftOver();
        table.lengths();
        table.chunks();
        table.trailers();
        table.heads();
        table.statusLines();
        table.codings();
        table.connections();
        table.cuts();
        table.early();
        return table.all;
    }

    private void interim() {
        for (int status : new int[] {100, 101, 102, 103, 104, 199}) {
            String head = "HTTP/1.1 " + status + " Odd\r\n\r\n";
            Expected expected = status == 101 ? MALFORMED : WHOLE;
            add(status + " in one segment with the reply", wire(head + GOOD), expected);
            add(status + " before the reply", wire(head).then(pause(40), write(GOOD)), expected);
        }
        String early = "HTTP/1.1 102 Processing\r\n\r\n";
        add("101 with a body", wire("HTTP/1.1 101 X\r\nupgrade: x\r\n\r\nbytes"), MALFORMED);
        add("eight interim replies", wire(early.repeat(8) + GOOD), WHOLE);
        add("nine interim replies", wire(early.repeat(9) + GOOD), MALFORMED);
        add("interim replies in a drip", wire(early + GOOD).cutEvery(5, millis(1)), WHOLE);
        add("103 with fields", wire("HTTP/1.1 103 H\r\nlink: </a>\r\n\r\n" + GOOD), WHOLE);
        add(
                "102 with a body",
                wire(early.replace("\r\n\r\n", "\r\ncontent-length: 3\r\n\r\n"))
                        .then(write("abc" + GOOD)),
                MALFORMED);
        add("102 without its end", wire(early.strip()).then(new Step.End()), truncatedHead());
        add("102 and an end", wire(early).then(new Step.End()), truncatedHead());
        add("102 and a reset", wire(early).then(pause(10), new Step.Reset()), truncatedHead());
        add("102 and silence", wire(early).then(new Step.Stall()), refused(Kind.Timeout));
        late("100 behind the reply", wire(GOOD + "HTTP/1.1 100 Continue\r\n\r\n"), WHOLE);
        late(
                "100 late behind the reply",
                wire(GOOD).then(pause(30), write("HTTP/1.1 100 Continue\r\n\r\n")),
                WHOLE);
    }

    private void withoutBody() {
        String none = "HTTP/1.1 204 No Content\r\n";
        String same = "HTTP/1.1 304 Not Modified\r\n";
        Expected empty204 = new Behaviour.Whole(204, "");
        Expected empty304 = new Behaviour.Whole(304, "");
        late("204 and bytes", wire(none + "\r\nstray"), empty204);
        late(
                "204 with a length and bytes",
                wire(none + "content-length: 5\r\n\r\nstray"),
                empty204);
        late(
                "204 with chunks",
                wire(none + "transfer-encoding: chunked\r\n\r\n" + CHUNK + LAST),
                empty204);
        late("204 and a late reply", wire(none + "\r\n").then(pause(30), write(GOOD)), empty204);
        late("304 and bytes", wire(same + "\r\nstray"), empty304);
        late(
                "304 with a length and bytes",
                wire(same + "content-length: 5\r\n\r\nstray"),
                empty304);
        add("304 with a length", wire(same + "content-length: 5\r\n\r\n"), empty304);
        add("HEAD with a length", wire(OK + "content-length: 5\r\n\r\n"), EMPTY, Request.Head);
        add("HEAD with a coding", wire(CHUNKED), EMPTY, Request.Head);
        add("HEAD with a body", wire(GOOD), EMPTY, Request.Head);
        add("HEAD with chunks", wire(CHUNKED + CHUNK + LAST), EMPTY, Request.Head);
    }

    private void leftOver() {
        late("one byte too many", wire(GOOD + "x"), WHOLE);
        late("a line too many", wire(GOOD + "\r\n"), WHOLE);
        late("two replies", wire(GOOD + GOOD.replace("odd", "bad")), WHOLE);
        late(
                "two replies in two segments",
                wire(GOOD).then(write(GOOD.replace("odd", "bad"))),
                WHOLE);
        late("a late reply", wire(GOOD).then(pause(30), write(GOOD.replace("odd", "bad"))), WHOLE);
        late("a late byte", wire(GOOD).then(pause(30), write("x")), WHOLE);
        late("a flood behind the reply", wire(GOOD + "x".repeat(200_000)), WHOLE);
        late("bytes behind the last chunk", wire(CHUNKED + CHUNK + LAST + "x"), WHOLE);
        late("two last chunks", wire(CHUNKED + CHUNK + LAST + LAST), WHOLE);
        add("an end behind the reply", wire(GOOD).then(new Step.End()), WHOLE);
        late("a late end", wire(GOOD).then(pause(30), new Step.End()), WHOLE);
        late("a late reset", wire(GOOD).then(pause(30), new Step.Reset()), WHOLE);
        late("a late half end", wire(GOOD).then(pause(30), new Step.HalfEnd()), WHOLE);
    }

    private void lengths() {
        add("a body too short, end", length("5", "odd").then(new Step.End()), cut(Kind.Truncated));
        add(
                "a body too short, silence",
                length("5", "odd").then(new Step.Stall()),
                cut(Kind.Timeout));
        late("a body too long", length("3", "oddity"), WHOLE);
        add("an empty body", length("0", ""), EMPTY);
        add("blanks around a length", length(" \t3 ", "odd"), WHOLE);
        for (String bad :
                List.of(
                        "",
                        "3, 3",
                        "+3",
                        "-3",
                        "0x3",
                        "3 3",
                        "3;x",
                        "3.0",
                        "three",
                        "1000000000000000",
                        "18446744073709551619",
                        "9".repeat(400))) {
            add(
                    "content-length '" + (bad.length() > 30 ? "400 digits" : bad) + "'",
                    length(bad, "odd"),
                    MALFORMED);
        }
        String both = "content-length: 3\r\ntransfer-encoding: chunked\r\n";
        add("length before coding", wire(OK + both + "\r\nodd"), MALFORMED);
        add(
                "coding before length",
                wire(CHUNKED.strip() + "\r\ncontent-length: 3\r\n\r\n"),
                MALFORMED);
        add(
                "two equal lengths",
                wire(OK + "content-length: 3\r\n".repeat(2) + "\r\nodd"),
                MALFORMED);
        add(
                "two lengths",
                wire(OK + "content-length: 3\r\ncontent-length: 4\r\n\r\nodd"),
                MALFORMED);
    }

    private void chunks() {
        for (String bad :
                List.of(
                        "g\r\n",
                        "-3\r\nodd\r\n",
                        "\r\n",
                        " 3\r\nodd\r\n",
                        "3 \r\nodd\r\n",
                        "0x3\r\nodd\r\n",
                        "3\nodd\r\n",
                        "ffffffffffffffff3\r\n",
                        "10000000\r\n",
                        "7fffffffffffffff\r\n",
                        "3\r\noddity\r\n",
                        "3\r\nodd\n",
                        "3\r\nodd0\r\n\r\n",
                        "3;a\nodd\r\n",
                        "HTTP/1.1 200 OK\r\n")) {
            String name = bad.replace("\r", "CR ").replace("\n", "LF ").strip();
            add("chunk '" + name + "'", wire(CHUNKED + CHUNK + bad), cut(Kind.Malformed));
        }
        add("chunk extensions", wire(CHUNKED + "3;a=b;c\r\nodd\r\n0;d\r\n\r\n"), WHOLE);
        add(
                "endless chunk extensions",
                wire(CHUNKED + "3;" + "a".repeat(9_000) + "\r\nodd\r\n"),
                cut(Kind.Malformed));
        add("sizes filled up with zeros", wire(CHUNKED + "0003\r\nodd\r\n000\r\n\r\n"), WHOLE);
        add("no chunks", wire(CHUNKED + LAST), EMPTY);
        add("chunks in a drip", wire(CHUNKED + CHUNK + LAST).cutEvery(1, millis(0)), WHOLE);
        add("every byte a chunk", wire(CHUNKED + "1\r\no\r\n1\r\nd\r\n1\r\nd\r\n" + LAST), WHOLE);
    }

    private void trailers() {
        String open = CHUNKED + CHUNK + "0\r\n";
        add("trailers", wire(open + "x-checksum: 1\r\nexpires: 0\r\n\r\n"), WHOLE);
        add("trailers that frame", wire(open + "content-length: 9\r\n\r\n"), WHOLE);
        add("huge trailers", wire(open + "a: b\r\n".repeat(4_000) + "\r\n"), cut(Kind.Malformed));
        add(
                "one huge trailer",
                wire(open + "a: " + "b".repeat(9_000) + "\r\n\r\n"),
                cut(Kind.Malformed));
        add("a reply as a trailer", wire(open + GOOD), cut(Kind.Malformed));
        add("a trailer without a name", wire(open + ": b\r\n\r\n"), cut(Kind.Malformed));
        add("a trailer with NUL", wire(open + "a: \0\r\n\r\n"), cut(Kind.Malformed));
        add("a folded trailer", wire(open + "a: b\r\n c\r\n\r\n"), cut(Kind.Malformed));
        add("a trailer ended by LF", wire(open + "a: b\n\r\n"), cut(Kind.Malformed));
    }

    private void heads() {
        add("101 fields", wire(OK + "a: b\r\n".repeat(101) + "\r\n"), MALFORMED);
        add(
                "a head of 40 KB",
                wire(OK + ("a: " + "b".repeat(400) + "\r\n").repeat(100) + "\r\n"),
                MALFORMED);
        add("a field of 33 KB", wire(OK + "a: " + "b".repeat(33_000) + "\r\n\r\n"), MALFORMED);
        add("an endless head", wire(OK + "a: b\r\n".repeat(20_000)), MALFORMED);
        add("an endless line", wire(OK + "a: " + "b".repeat(200_000)), MALFORMED);
        for (String bad :
                List.of(
                        ": nameless\r\n",
                        "a : b\r\n",
                        "no colon\r\n",
                        "a: b\r\n folded\r\n",
                        "a: b\r\n\tfolded\r\n",
                        " a: b\r\n",
                        "a: \0\r\n",
                        "a\0: b\r\n",
                        "a: \u0001\r\n",
                        "a: \u007f\r\n",
                        "a: b\rc\r\n",
                        "a: b\nc: d\r\n",
                        "(a): b\r\n",
                        "\u00e4: b\r\n")) {
            String name =
                    bad.replace("\r", "CR ")
                            .replace("\n", "LF ")
                            .replace("\0", "NUL ")
                            .replace("\u0001", "SOH ")
                            .replace("\u007f", "DEL ")
                            .strip();
            add("field '" + name + "'", wire(OK + bad + "content-length: 3\r\n\r\nodd"), MALFORMED);
        }
        add("8-bit in a field", wire(GOOD.replace("OK\r\n", "OK\r\na: \u00e4\u00ff\r\n")), WHOLE);
        add("an empty field", wire(GOOD.replace("OK\r\n", "OK\r\na:\r\n")), WHOLE);
        add(
                "lines ended by LF",
                wire(GOOD.replace("\r\n", "\n")).then(new Step.Stall()),
                refused(Kind.Timeout));
        add("a head in a drip", wire(GOOD).cutEvery(1, millis(0)), WHOLE);
        add(
                "gzip that nobody asked for",
                wire(GOOD.replace("OK\r\n", "OK\r\ncontent-encoding: gzip\r\n")),
                WHOLE);
    }

    private void statusLines() {
        for (String bad :
                List.of(
                        "HTTP/2.0 200 OK",
                        "HTTP/2 200 and so on",
                        "HTTP/1.2 200 OK",
                        "HTTP/0.9 200 OK",
                        "HTTP/1.1 000 X",
                        "HTTP/1.1 999 X",
                        "HTTP/1.1 600 X",
                        "HTTP/1.1 99 XX",
                        "HTTP/1.1 2000 X",
                        "HTTP/1.1 20x X",
                        "HTTP/1.1 -20 X",
                        "HTTP/1.1  200 OK",
                        "HTTP/1.1\t200 OK",
                        "http/1.1 200 OK",
                        "HTTP/1.1 OK 200",
                        "HTTP/1.10 200 OK",
                        "ICY 200 OK and so on",
                        "<!doctype html><html>",
                        "220 smtp ESMTP ready",
                        "\r\nHTTP/1.1 200 OK",
                        "\u00ef\u00bb\u00bfHTTP/1.1 200 OK",
                        " HTTP/1.1 200 OK",
                        "HTTP/1.1 200 O\0K",
                        "HTTP/1.1 200 O\rK")) {
            String name = bad.replace("\r", "CR ").replace("\n", "LF ").replace("\0", "NUL ");
            add(
                    "status line '" + name + "'",
                    wire(GOOD.replace("HTTP/1.1 200 OK", bad)),
                    MALFORMED);
        }
        add("no reason", wire(GOOD.replace(" OK", "")), WHOLE);
        add("an empty reason", wire(GOOD.replace("OK", "")), WHOLE);
        add("an 8-bit reason", wire(GOOD.replace("OK", "\u00e4")), WHOLE);
        add("status 599", wire(GOOD.replace("200", "599")), new Behaviour.Whole(599, "odd"));
    }

    private void codings() {
        for (String bad :
                List.of(
                        "gzip",
                        "gzip, chunked",
                        "chunked, chunked",
                        "chunked, identity",
                        "identity",
                        "xchunked",
                        "chunked;q=1",
                        "\"chunked\"",
                        "chunked,",
                        "")) {
            add(
                    "transfer-encoding '" + bad + "'",
                    wire(CHUNKED.replace("chunked", bad) + CHUNK + LAST),
                    MALFORMED);
        }
        String twice = "transfer-encoding: chunked\r\n".repeat(2);
        add("two codings", wire(OK + twice + "\r\n" + CHUNK + LAST), MALFORMED);
        add("Chunked", wire(CHUNKED.replace("chunked", "Chunked") + CHUNK + LAST), WHOLE);
        add("chunks in HTTP/1.0", wire(CHUNKED.replace("1.1", "1.0") + CHUNK + LAST), MALFORMED);
    }

    private void connections() {
        add("HTTP/1.0", wire(GOOD.replace("1.1", "1.0")), WHOLE);
        add(
                "HTTP/1.0 keep-alive",
                wire(
                        GOOD.replace("1.1", "1.0")
                                .replace("OK\r\n", "OK\r\nconnection: keep-alive\r\n")),
                WHOLE);
        add(
                "HTTP/1.0 until its end",
                wire(UNTIL_CLOSE.replace("1.1", "1.0")).then(new Step.End()),
                WHOLE);
        add(
                "connection: close",
                wire(GOOD.replace("OK\r\n", "OK\r\nconnection: close\r\n")),
                WHOLE);
        add(
                "connection: x-odd, Close",
                wire(GOOD.replace("OK\r\n", "OK\r\nconnection: x-odd, Close\r\nx-odd: 1\r\n")),
                WHOLE);
        add("until its end", wire(UNTIL_CLOSE).then(pause(10), new Step.End()), WHOLE);
        add("until its half end", wire(UNTIL_CLOSE).then(pause(10), new Step.HalfEnd()), WHOLE);
        add("until its end, empty", wire(OK + "\r\n").then(new Step.End()), EMPTY);
        add(
                "until a reset",
                wire(UNTIL_CLOSE).then(pause(10), new Step.Reset()),
                cut(Kind.Truncated));
        add("until silence", wire(UNTIL_CLOSE).then(new Step.Stall()), cut(Kind.Timeout));
        all.add(
                new Behaviour(
                                "until an end without goodbye",
                                wire(UNTIL_CLOSE).then(pause(10), new Step.Cut()),
                                WHOLE)
                        .overTls(cut(Kind.Truncated)));
        add("a length and an end without goodbye", wire(GOOD).then(new Step.Cut()), WHOLE);
    }

    private void cuts() {
        ends("before the head", Script.of(), false);
        ends("in the status line", wire("HTTP/1.1 20"), false);
        ends("in a field", wire(OK + "content-le"), false);
        ends("behind the head", wire(OK + "content-length: 3\r\n\r\n"), true);
        ends("in a body", wire(OK + "content-length: 3\r\n\r\no"), true);
        ends("in a size line", wire(CHUNKED + "3"), true);
        ends("in a chunk", wire(CHUNKED + "3\r\nod"), true);
        ends("behind a chunk's data", wire(CHUNKED + "3\r\nodd"), true);
        ends("before the last chunk", wire(CHUNKED + CHUNK), true);
        ends("in the last chunk", wire(CHUNKED + CHUNK + "0\r\n"), true);
        ends("in a trailer", wire(CHUNKED + CHUNK + "0\r\nx-tra"), true);
    }

    /// FIN, half a FIN, RST and silence where a reply is not whole.
    private void ends(String where, Script until, boolean headSent) {
        boolean nothing = until.steps().isEmpty();
        Kind ended = nothing ? Kind.Closed : Kind.Truncated;
        Expected end = headSent ? cut(ended) : refused(ended);
        Expected silence = headSent ? cut(Kind.Timeout) : refused(Kind.Timeout);
        add("end " + where, until.then(pause(10), new Step.End()), end);
        add("half end " + where, until.then(pause(10), new Step.HalfEnd()), end);
        add("end without goodbye " + where, until.then(pause(10), new Step.Cut()), end);
        add("reset " + where, until.then(pause(10), new Step.Reset()), end);
        add("silence " + where, until.then(new Step.Stall()), silence);
    }

    private void early() {
        String refusal = "HTTP/1.1 413 Too Large\r\ncontent-length: 3\r\n\r\nbig";
        Expected big = new Behaviour.Whole(413, "big");
        add("413 on the head, the body is read", wire(refusal), big, Request.Big);
        add(
                "413 on the head, then a half end",
                wire(refusal).then(new Step.HalfEnd()),
                big,
                Request.Big);
        add(
                "413 on the head, then an end",
                wire(refusal).then(pause(50), new Step.End()),
                big,
                Request.BigThenGone);
        add("200 on the head, the body is read", wire(GOOD), WHOLE, Request.Big);
        add(
                "200 on the head, then an end",
                wire(GOOD).then(pause(50), new Step.End()),
                WHOLE,
                Request.BigThenGone);
        add("an end on the head", Script.of(new Step.End()), refused(Kind.Closed), Request.Big);
        add("a reset on the head", Script.of(new Step.Reset()), refused(Kind.Closed), Request.Big);
    }

    private void add(String name, Script script, Expected expected) {
        all.add(new Behaviour(name, script, expected));
    }

    private void add(String name, Script script, Expected expected, Request request) {
        all.add(new Behaviour(name, script, expected).asked(request));
    }

    private void late(String name, Script script, Expected expected) {
        add(name, script, expected, Request.Late);
    }

    private static Expected truncatedHead() {
        return refused(Kind.Truncated);
    }

    private static Expected refused(Kind kind) {
        return new Behaviour.Refused(EnumSet.of(kind));
    }

    private static Expected cut(Kind kind) {
        return new Behaviour.Cut(EnumSet.of(kind));
    }

    private static Script length(String value, String body) {
        return wire(OK + "content-length: " + value + "\r\n\r\n" + body);
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

    private static java.time.Duration millis(long count) {
        return java.time.Duration.ofMillis(count);
    }
}
