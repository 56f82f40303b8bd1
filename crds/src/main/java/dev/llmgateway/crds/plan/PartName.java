package dev.llmgateway.crds.plan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// One of the Secrets of a bundle, whatever it holds now.
///
/// @param slot from 0, below the kind's number of slots
public record PartName(PartKind kind, int slot, Generation generation)
        implements Comparable<PartName> {
    private static final Comparator<PartName> ORDER =
            Comparator.comparing(PartName::kind)
                    .thenComparingInt(PartName::slot)
                    .thenComparing(PartName::generation);

    public PartName {
        if (slot < 0 || slot >= kind.slots()) {
            throw new IllegalArgumentException("there is no slot " + slot + " of " + kind.text());
        }
    }

    /// Every name there is, for RBAC and volumes.
    public static List<PartName> all() {
        return Arrays.stream(PartKind.values()).flatMap(PartName::all).toList();
    }

    private static java.util.stream.Stream<PartName> all(PartKind kind) {
        return java.util.stream.IntStream.range(0, kind.slots())
                .boxed()
                .flatMap(slot ->
                        Arrays.stream(Generation.values())
                                .map(generation -> new PartName(kind, slot, generation)));
    }

    /// The Secret, `<gateway>-keys-03-a`.
    public String object(String gateway) {
        return gateway + "-" + this;
    }

    /// The ConfigMap that holds the index.
    public static String indexObject(String gateway) {
        return gateway + "-plan";
    }

    @Override
    public int compareTo(PartName other) {
        return ORDER.compare(this, other);
    }

    /// `keys-03-a`.
    @Override
    public String toString() {
        return "%s-%02d-%s".formatted(kind.text(), slot, generation.text());
    }
}
