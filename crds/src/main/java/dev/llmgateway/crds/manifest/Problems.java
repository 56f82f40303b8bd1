package dev.llmgateway.crds.manifest;

import java.util.ArrayList;
import java.util.List;

/// Gathers what is wrong with one document.
final class Problems {
    /// Most problems told of one object; then one line says that there are more.
    static final int MOST = 100;

    private final Source source;
    private final List<ReadProblem> found = new ArrayList<>();

    Problems(Source source) {
        this.source = source;
    }

    void add(String path, String message) {
        if (found.size() < MOST) {
            found.add(new ReadProblem(source, path, message));
        } else if (found.size() == MOST) {
            found.add(new ReadProblem(source, "", "further problems are not told"));
        }
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
