package dev.llmgateway.cli.place;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// A label selector as `kubectl -l` takes it: `a=b,c!=d,e,!f`. Sets (`in (…)`) are for clusters
/// alone.
public record Selector(List<Term> terms) {
    public Selector {
        terms = List.copyOf(terms);
    }

    enum Relation {
        EQUALS,
        DIFFERS,
        EXISTS,
        ABSENT
    }

    record Term(String label, Relation relation, String value) {
        boolean matches(JsonNode labels) {
            JsonNode there = labels.path(label);
            return switch (relation) {
                case EQUALS -> there.asText().equals(value) && !there.isMissingNode();
                case DIFFERS -> there.isMissingNode() || !there.asText().equals(value);
                case EXISTS -> !there.isMissingNode();
                case ABSENT -> there.isMissingNode();
            };
        }
    }

    public static Selector of(String text) {
        List<Term> terms = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            if (!each.isBlank()) {
                terms.add(term(each.strip()));
            }
        }
        return new Selector(terms);
    }

    private static Term term(String text) {
        if (text.contains("(")) {
            throw new Failure(ExitCode.USAGE, "selectorUnknown", text);
        }
        int differs = text.indexOf("!=");
        if (differs > 0) {
            return new Term(
                    text.substring(0, differs).strip(),
                    Relation.DIFFERS,
                    text.substring(differs + 2).strip());
        }
        int equals = text.indexOf('=');
        if (equals > 0) {
            String value = text.substring(equals + 1).replaceFirst("^=", "");
            return new Term(text.substring(0, equals).strip(), Relation.EQUALS, value.strip());
        }
        return text.startsWith("!")
                ? new Term(text.substring(1).strip(), Relation.ABSENT, "")
                : new Term(text, Relation.EXISTS, "");
    }

    /// @param labels of an object; a missing node has none
    public boolean matches(JsonNode labels) {
        return terms.stream().allMatch(term -> term.matches(labels));
    }
}
