package dev.llmgateway.e2e;

import dev.llmgateway.fixtures.http.RawClient;
import dev.llmgateway.fixtures.load.Question;
import dev.llmgateway.fixtures.load.SteadyLoad;
import java.net.URI;

/// Loads of the test key's clients.
final class Loads {
    private Loads() {}

    /// @param rate requests a second of all clients together, while replies are fast
    static SteadyLoad ofShortRequests(URI base, int clients, int rate) {
        return SteadyLoad.paced(
                patience -> RawClient.connect(base, patience),
                Question.ofShortReply(Manifests.KEY),
                clients,
                rate);
    }

    /// Slow streams, a new one as soon as one has ended.
    static SteadyLoad ofStreams(URI base, int clients) {
        return SteadyLoad.unpaced(
                patience -> RawClient.connect(base, patience),
                Question.ofStream(Manifests.KEY),
                clients);
    }
}
