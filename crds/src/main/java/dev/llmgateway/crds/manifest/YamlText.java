package dev.llmgateway.crds.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// YAML text to node trees, within bounds that hold for every file.
final class YamlText {
    /// Most characters of one file: 4 Mi.
    static final int MOST_CHARACTERS = 4 * 1024 * 1024;

    static final int MOST_DOCUMENTS = 1_000;

    /// Most lists and mappings inside each other.
    static final int MOST_DEPTH = 64;

    /// Most aliases of lists and mappings in one document.
    static final int MOST_ALIASES = 50;

    private YamlText() {}

    /// What became of a text.
    sealed interface Outcome {
        /// One tree per document.
        record Documents(List<Node> roots) implements Outcome {}

        /// Not YAML, or beyond a bound.
        record Broken(int document, String message) implements Outcome {}
    }

    static Outcome parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return new Outcome.Broken(
                    1,
                    "the file has "
                            + text.length()
                            + " characters; at most "
                            + MOST_CHARACTERS
                            + " are read");
        }
        String yaml = text.startsWith("\uFEFF") ? text.substring(1) : text;
        LoadSettings settings = settings(yaml.length());
        return scan(yaml, settings)
                .<Outcome>map(broken -> broken)
                .orElseGet(() -> compose(yaml, settings));
    }

    /// The buffer holds the whole text: with the library's 1,024 characters a single line of 4 Mi
    /// takes ten seconds, since the line is copied for every 1,024 more.
    private static LoadSettings settings(int length) {
        return LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setBufferSize(Math.max(1_024, length))
                .setCodePointLimit(MOST_CHARACTERS)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setAllowNonScalarKeys(true)
                .build();
    }

    /// Looks at the flat events first: composing recurses, so depth must be known before.
    private static Optional<Outcome.Broken> scan(String yaml, LoadSettings settings) {
        int documents = 0;
        int depth = 0;
        try {
            for (Event event : new Parse(settings).parseString(yaml)) {
                switch (event.getEventId()) {
                    case DocumentStart -> documents++;
                    case MappingStart, SequenceStart -> depth++;
                    case MappingEnd, SequenceEnd -> depth--;
                    case Alias, Comment, DocumentEnd, Scalar, StreamEnd, StreamStart -> {}
                }
                if (documents > MOST_DOCUMENTS) {
                    return broken(documents, "more than " + MOST_DOCUMENTS + " documents");
                }
                if (depth > MOST_DEPTH) {
                    return broken(documents, "nested deeper than " + MOST_DEPTH + " levels");
                }
            }
            return Optional.empty();
        } catch (YamlEngineException e) {
            return broken(documents, message(e));
        }
    }

    private static Optional<Outcome.Broken> broken(int document, String message) {
        return Optional.of(new Outcome.Broken(Math.max(1, document), message));
    }

    private static Outcome compose(String yaml, LoadSettings settings) {
        List<Node> roots = new ArrayList<>();
        try {
            new Compose(settings).composeAllFromString(yaml).forEach(roots::add);
            return new Outcome.Documents(List.copyOf(roots));
        } catch (YamlEngineException e) {
            return new Outcome.Broken(roots.size() + 1, message(e));
        }
    }

    /// Line and column from 1 and the problem. The library's own message also quotes the text,
    /// which may hold a secret.
    private static String message(YamlEngineException error) {
        if (error instanceof MarkedYamlEngineException marked) {
            return marked.getProblemMark()
                    .map(mark ->
                            "line %d, column %d: %s"
                                    .formatted(
                                            mark.getLine() + 1,
                                            mark.getColumn() + 1,
                                            marked.getProblem()))
                    .orElse(marked.getProblem());
        }
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("not YAML");
    }
}
