package dev.llmgateway.crds.manifest;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Immutable copies with one order, so that whatever is made of a manifest is the same every time;
/// `Map.copyOf` has another order in every process.
final class Sorted {
    private Sorted() {}

    static Map<String, String> copy(Map<String, String> texts) {
        return Collections.unmodifiableMap(new TreeMap<>(texts));
    }
}
