package dev.llmgateway.e2e;

import dev.llmgateway.fixtures.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The YAML that docs/gitops.md tells people to take.
final class GitOpsFiles {
    private GitOpsFiles() {}

    static Path file(String name) {
        return Repository.root().resolve("docs/gitops").resolve(name);
    }

    static Map<?, ?> read(Path file) {
        try {
            return yaml(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<?, ?> yaml(String text) {
        return map(new Load(LoadSettings.builder().build()).loadFromString(text));
    }

    static Map<?, ?> map(Object node) {
        if (node instanceof Map<?, ?> map) {
            return map;
        }
        throw new AssertionError("no mapping: " + node);
    }

    /// What stands at a path of keys.
    static Object at(Map<?, ?> map, String... path) {
        Object node = map;
        for (String key : path) {
            Object next = map(node).get(key);
            if (next == null) {
                throw new AssertionError("nothing at " + List.of(path) + " in " + map);
            }
            node = next;
        }
        return node;
    }
}
