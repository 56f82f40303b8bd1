package dev.llmgateway.crds.schema;

import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/// The CRDs as YAML text, made from the records.
final class GenerateCrds {
    private static final String HEADER =
            "# Made from the records of crds; rewrite with -Dgolden.update, never by hand.\n";

    private GenerateCrds() {}

    /// Texts by file name.
    ///
    /// @param scratch an empty folder
    static SortedMap<String, String> texts(Path scratch) throws IOException {
        CRDGenerator generator =
                new CRDGenerator()
                        .forCRDVersions("v1")
                        // Unquoted, the enum value True would be read as a boolean.
                        .withMinQuotes(false)
                        .withPostProcessor(new CompleteSchema())
                        .inOutputDir(scratch.toFile());
        Kind.ALL.forEach(kind -> generator.customResourceClasses(kind.resource()));
        generator.generate();
        SortedMap<String, String> texts = new TreeMap<>();
        for (Kind kind : Kind.ALL) {
            String text =
                    Files.readString(scratch.resolve(kind.plural() + ".llm-gateway.dev-v1.yml"));
            texts.put(
                    kind.plural() + ".yaml",
                    HEADER + text.substring(text.indexOf("apiVersion:")).stripTrailing() + "\n");
        }
        return texts;
    }
}
