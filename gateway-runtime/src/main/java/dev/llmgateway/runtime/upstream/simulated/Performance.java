package dev.llmgateway.runtime.upstream.simulated;

import java.util.Arrays;
import java.util.List;

/// One reply, ready to be played.
///
/// @param frames the body in pieces, one `data` each
/// @param firstMillis until the head; for `Silence` until the call fails
/// @param gapMillis between two pieces; 0: as fast as the client takes them
record Performance(
        SimulatedHead head, List<byte[]> frames, long firstMillis, long gapMillis, Ending ending) {
    /// How it stops.
    enum Ending {
        Complete,
        /// The body breaks off.
        Truncated,
        /// No head, no body: the call's own time limit ends it.
        Silence
    }

    static Performance of(SimulatedHead head, List<byte[]> frames) {
        return new Performance(head, frames, 0, 0, Ending.Complete);
    }

    Performance paced(long first, long gap) {
        return new Performance(head, frames, first, gap, ending);
    }

    /// The first half of the same reply.
    Performance cut() {
        List<byte[]> half = frames.size() > 1 ? frames.subList(0, frames.size() / 2) : halved();
        return new Performance(head, half, firstMillis, gapMillis, Ending.Truncated);
    }

    Performance silent(long limitMillis) {
        return new Performance(head, List.of(), limitMillis, 0, Ending.Silence);
    }

    private List<byte[]> halved() {
        byte[] whole = frames.getFirst();
        return List.of(Arrays.copyOf(whole, whole.length / 2));
    }
}
