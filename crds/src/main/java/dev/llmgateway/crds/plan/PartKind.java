package dev.llmgateway.crds.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// What a part of a bundle holds. The number of slots is fixed: RBAC names every object, and a pod
/// mounts every one.
public enum PartKind {
    /// The gateway's settings (slot 0) and the accounts.
    @JsonProperty("accounts")
    Accounts(4),
    /// Secret values; the only parts that hold any.
    @JsonProperty("credentials")
    Credentials(4),
    @JsonProperty("keys")
    Keys(16);

    private final int slots;

    PartKind(int slots) {
        this.slots = slots;
    }

    public int slots() {
        return slots;
    }

    /// As in the names of objects.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The slot of an entry, by rendezvous hashing: were there ever more slots, only the entries of
    /// the new ones would move.
    ///
    /// @param id of the entry, such as `namespace/name`
    int slotOf(String id) {
        long hash = fnv(id);
        int best = 0;
        long highest = Long.MIN_VALUE;
        for (int slot = 0; slot < slots; slot++) {
            long score = mix(hash ^ (0x9e3779b97f4a7c15L * (slot + 1)));
            if (score > highest) {
                highest = score;
                best = slot;
            }
        }
        return best;
    }

    /// FNV-1a, 64 bits.
    private static long fnv(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /// The finisher of SplitMix64: every bit of the input moves every bit of the output.
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
