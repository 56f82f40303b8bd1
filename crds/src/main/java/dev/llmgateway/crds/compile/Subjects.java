package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.manifest.Manifest;
import dev.llmgateway.crds.plan.ObjectRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// All objects of one kind, each judged alone: its name, its schema, and what has no effect yet.
///
/// @param all in the order they were read
record Subjects<S extends Record>(List<Subject<S>> all) {
    private static final int LONGEST_NAME = 50;
    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

    static <S extends Record> Subjects<S> judge(
            String kind, List<Manifest<S>> manifests, List<NotEnforced.Row> unbuilt) {
        List<Subject<S>> subjects = new ArrayList<>();
        Set<ObjectRef> seen = new HashSet<>();
        for (Manifest<S> manifest : manifests) {
            Subject<S> subject = new Subject<>(manifest, new Findings(kind, manifest));
            checkName(subject, seen.add(subject.ref()));
            SchemaCheck.check(subject.spec(), subject.findings());
            NotEnforced.warn(unbuilt, subject.spec(), subject.findings());
            subjects.add(subject);
        }
        return new Subjects<>(List.copyOf(subjects));
    }

    /// Those without an error so far.
    List<Subject<S>> valid() {
        return all.stream().filter(subject -> !subject.findings().failed()).toList();
    }

    List<Diagnostic> diagnostics() {
        return all.stream().flatMap(subject -> subject.findings().diagnostics().stream()).toList();
    }

    private static void checkName(Subject<?> subject, boolean first) {
        String name = subject.manifest().name();
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            subject.findings()
                    .unsupported(
                            "metadata.name",
                            "must be lower-case letters, digits and dashes, begin with a letter, at"
                                    + " most "
                                    + LONGEST_NAME
                                    + " characters");
        }
        if (!first) {
            subject.findings()
                    .error(
                            Reason.Conflict,
                            "metadata.name",
                            "an object of this kind and name was declared before");
        }
    }
}
