package dev.llmgateway.crds.catalog;

import dev.llmgateway.crds.manifest.StrictYaml;
import dev.llmgateway.crds.plan.CatalogEntry;
import dev.llmgateway.crds.plan.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of models. A text is a YAML list of entries (spec/resources.md, Model catalogue),
/// the special before the general; a field an entry leaves out comes from the entries below it.
public final class ModelCatalog {
    private static final String FILE = "models.yaml";

    private ModelCatalog() {}

    /// Read once, on first use.
    private static final class BuiltIn {
        static final List<CatalogEntry> ENTRIES = load();

        private static List<CatalogEntry> load() {
            CatalogReading reading = read(text(), List.of());
            if (!reading.problems().isEmpty()) {
                throw new IllegalStateException(FILE + ": " + reading.problems());
            }
            return reading.entries();
        }

        private static String text() {
            try (InputStream file = ModelCatalog.class.getResourceAsStream(FILE)) {
                if (file == null) {
                    throw new IllegalStateException(FILE + " is not in the jar");
                }
                return new String(file.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// The entries of the data file in the jar; every provider has a row that matches all models.
    public static List<CatalogEntry> builtIn() {
        return BuiltIn.ENTRIES;
    }

    /// Entries of a ConfigMap, to stand before {@link #builtIn}; absent fields are taken from
    /// there.
    public static CatalogReading read(String yaml) {
        return read(yaml, builtIn());
    }

    private static CatalogReading read(String yaml, List<CatalogEntry> below) {
        StrictYaml.Records<EntryText> texts = StrictYaml.list(yaml, EntryText.class);
        List<String> problems = new ArrayList<>(texts.problems());
        for (int i = 0; i < texts.values().size(); i++) {
            check(texts.values().get(i), "[" + i + "]", problems);
        }
        return problems.isEmpty()
                ? new CatalogReading(Completion.of(texts.values(), below), List.of())
                : new CatalogReading(List.of(), problems);
    }

    private static void check(EntryText text, String path, List<String> problems) {
        if (!new ModelPattern(text.match()).valid()) {
            problems.add(path + ".match: must be a model name, exact or with one * at its end");
        }
        if (text.maxOutput() != null && text.maxOutput() < 1) {
            problems.add(path + ".maxOutput: must be at least 1");
        }
        if (text.contextTokens() != null && text.contextTokens() < 0) {
            problems.add(path + ".contextTokens: must not be negative");
        }
        EntryText.PriceText price = text.price();
        if (price != null
                && (negative(price.input())
                        || negative(price.output())
                        || negative(price.cacheRead())
                        || negative(price.cacheWrite()))) {
            problems.add(path + ".price: must not be negative");
        }
    }

    private static boolean negative(@Nullable Long amount) {
        return amount != null && amount < 0;
    }

    /// The first entry that matches the model at this provider; where none does, what holds of a
    /// model nobody knows (32,000 output tokens, price unknown).
    public static CatalogEntry lookup(List<CatalogEntry> entries, Provider provider, String model) {
        return entries.stream()
                .filter(entry ->
                        entry.provider().isEmpty() || entry.provider().equals(provider.name()))
                .filter(entry -> new ModelPattern(entry.match()).matches(model))
                .findFirst()
                .orElse(Completion.LEAST);
    }
}
