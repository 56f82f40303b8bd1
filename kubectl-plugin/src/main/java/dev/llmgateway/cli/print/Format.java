package dev.llmgateway.cli.print;

import java.util.Optional;

/// A value of `-o`.
public sealed interface Format {
    /// For people.
    record Text(boolean wide) implements Format {}

    /// JSON.
    record JsonText() implements Format {}

    /// YAML.
    record YamlText() implements Format {}

    /// `kind.group/name`, one a line.
    record Names() implements Format {}

    /// A template.
    record Path(JsonPath template) implements Format {}

    /// The plaintext of a new key alone.
    record Key() implements Format {}

    /// Empty for a value that is none.
    static Optional<Format> of(String value) {
        return switch (value) {
            case "", "table" -> Optional.of(new Text(false));
            case "wide" -> Optional.of(new Text(true));
            case "json" -> Optional.of(new JsonText());
            case "yaml" -> Optional.of(new YamlText());
            case "name" -> Optional.of(new Names());
            case "key" -> Optional.of(new Key());
            default ->
                    value.startsWith("jsonpath=")
                            ? JsonPath.of(value.substring("jsonpath=".length())).map(Path::new)
                            : Optional.empty();
        };
    }
}
