package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.plan.WireFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What users write and what the data plane reads are two enums with the same names.
final class WireFormats {
    private WireFormats() {}

    static SortedSet<WireFormat> plan(List<dev.llmgateway.crds.api.WireFormat> formats) {
        return formats.stream()
                .map(format -> WireFormat.valueOf(format.name()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static SortedSet<WireFormat> all() {
        return new TreeSet<>(List.of(WireFormat.values()));
    }
}
