package dev.llmgateway.crds.plan;

import java.util.SortedMap;
import java.util.TreeMap;

/// A slot that is being filled. It never outgrows what a part may weigh.
final class SlotDraft {
    private final PartKind kind;
    private final int slot;
    private final SortedMap<String, byte[]> entries = new TreeMap<>();
    private int bytes;

    SlotDraft(PartKind kind, int slot) {
        this.kind = kind;
        this.slot = slot;
        this.bytes = PartContent.frameBytes(kind);
    }

    PartKind kind() {
        return kind;
    }

    int slot() {
        return slot;
    }

    int entries() {
        return entries.size();
    }

    /// With the comma before it.
    boolean fits(byte[] entry) {
        return bytes + entry.length + 1 <= PartContent.MOST_BYTES;
    }

    void put(String id, byte[] entry) {
        if (entries.put(id, entry) == null) {
            bytes += entry.length + 1;
        }
    }

    /// The part before compression; entries stand in the order of their ids.
    byte[] content() {
        return PartContent.join(kind, entries.values());
    }
}
