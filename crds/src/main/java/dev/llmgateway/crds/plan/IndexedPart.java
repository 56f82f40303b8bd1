package dev.llmgateway.crds.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// One line of the index: where a part lies and what is to be found there.
///
/// @param sha256 of the part's content before compression, 64 lower-case hexadecimal digits
/// @param bytes of the content before compression
/// @param entries in the part, at least 1
public record IndexedPart(
        PartKind kind, int slot, Generation generation, String sha256, int bytes, int entries)
        implements Comparable<IndexedPart> {
    public IndexedPart {
        if (slot < 0 || slot >= kind.slots()) {
            throw new IllegalArgumentException("there is no slot " + slot + " of " + kind.text());
        }
        if (bytes < 1 || bytes > PartContent.MOST_BYTES || entries < 1) {
            throw new IllegalArgumentException("a part has 1 to 716800 bytes and an entry");
        }
    }

    @JsonIgnore
    public PartName name() {
        return new PartName(kind, slot, generation);
    }

    boolean sameSlot(PartKind otherKind, int otherSlot) {
        return kind == otherKind && slot == otherSlot;
    }

    @Override
    public int compareTo(IndexedPart other) {
        return name().compareTo(other.name());
    }
}
