package dev.llmgateway.crds.manifest;

import java.util.ArrayList;
import java.util.List;

/// Gathers what is wrong with one document.
final class Problems {
    private final Source source;
    private final List<ReadProblem> found = new ArrayList<>();

    Problems(Source source) {
        this.source = source;
    }

    void add(String path, String message) {
        found.add(new ReadProblem(source, path, message));
    }

    Source source() {
        return source;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /// For an object inside this document that is judged alone: takes over what was already found
    /// at or below `path`.
    Problems split(String path) {
        Problems part = new Problems(source);
        found.stream()
                .filter(problem -> (problem.path() + ".").startsWith(path + "."))
                .forEach(part.found::add);
        found.removeAll(part.found);
        return part;
    }

    List<ReadProblem> found() {
        return List.copyOf(found);
    }

    /// `path.field`, or `field` at the top.
    static String below(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
