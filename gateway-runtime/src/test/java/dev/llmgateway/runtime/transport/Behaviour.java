package dev.llmgateway.runtime.transport;

import dev.llmgateway.fixtures.upstream.Script;
import dev.llmgateway.runtime.transport.TransportFailure.Kind;
import java.util.EnumSet;
import java.util.Set;

/// One thing an upstream does wrong, and what its client must get.
///
/// @param name unlike any other's
/// @param script answers the request
/// @param clear what the client gets
/// @param secured the same when TLS is below
/// @param request what is asked and when it is answered
record Behaviour(String name, Script script, Expected clear, Expected secured, Request request) {
    Behaviour(String name, Script script, Expected expected) {
        this(name, script, expected, expected, Request.Plain);
    }

    Behaviour asked(Request how) {
        return new Behaviour(name, script, clear, secured, how);
    }

    Behaviour overTls(Expected expected) {
        return new Behaviour(name, script, clear, expected, request);
    }

    Expected expected(boolean tls) {
        return tls ? secured : clear;
    }

    boolean timesOut() {
        return clear.kinds().contains(Kind.Timeout);
    }

    @Override
    public String toString() {
        return name;
    }

    /// What is asked.
    enum Request {
        Plain,
        Head,
        /// Answered on its head, while megabytes of its body are still on their way.
        Big,
        /// The same, and the connection ends soon.
        BigThenGone,
        /// Stray bytes follow late: the connection must be gone before anybody uses it again.
        Late;

        boolean onHead() {
            return this == Big || this == BigThenGone;
        }

        boolean endsLate() {
            return this == Late || this == BigThenGone;
        }
    }

    /// What the client gets.
    sealed interface Expected {
        /// Any one of these failures; empty: none.
        default Set<Kind> kinds() {
            return EnumSet.noneOf(Kind.class);
        }
    }

    /// The reply, complete.
    record Whole(int status, String body) implements Expected {}

    /// An answer of ours in its place.
    record Refused(Set<Kind> kinds) implements Expected {}

    /// A reply that visibly breaks off.
    record Cut(Set<Kind> kinds) implements Expected {}
}
