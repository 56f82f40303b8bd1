package dev.llmgateway.runtime.upstream;

import java.util.ArrayList;
import java.util.List;

/// `anthropic-beta` under construction: values in order, each once.
final class BetaList {
    /// The capability that goes with OAuth access tokens (translation.md 1.4).
    static final String OAUTH = "oauth-2025-04-20";

    private List<String> values = List.of();

    void addAll(List<String> more) {
        for (int i = 0; i < more.size(); i++) {
            add(more.get(i));
        }
    }

    void add(String value) {
        if (values.isEmpty()) {
            values = new ArrayList<>(4);
        }
        if (!values.contains(value)) {
            values.add(value);
        }
    }

    void remove(String value) {
        if (!values.isEmpty()) {
            values.remove(value);
        }
    }

    /// The header's value; empty: no header.
    String text() {
        return values.isEmpty() ? "" : String.join(",", values);
    }

    static List<String> split(CharSequence list) {
        List<String> parts = new ArrayList<>(4);
        for (String part : list.toString().split(",", -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }
}
