package dev.llmgateway.cli.print;

import java.util.Optional;

/// A value of `-o`. Each knows how to write a result; a switch over them would cost a start 20 ms.
public sealed interface Format {
    /// @param headers false: tables without their first line
    String of(Result result, boolean headers, Style style);

    /// For people.
    record Text(boolean wide) implements Format {
        @Override
        public String of(Result result, boolean headers, Style style) {
            return result.view().text(wide, headers, style);
        }
    }

    /// JSON.
    record JsonText() implements Format {
        @Override
        public String of(Result result, boolean headers, Style style) {
            return Json.pretty(result.data()) + "\n";
        }
    }

    /// YAML.
    record YamlText() implements Format {
        @Override
        public String of(Result result, boolean headers, Style style) {
            return Yaml.of(result.data());
        }
    }

    /// `kind.group/name`, one a line.
    record Names() implements Format {
        @Override
        public String of(Result result, boolean headers, Style style) {
            return result.names().isEmpty() ? "" : String.join("\n", result.names()) + "\n";
        }
    }

    /// A template.
    record Path(JsonPath template) implements Format {
        @Override
        public String of(Result result, boolean headers, Style style) {
            return template.apply(result.data());
        }
    }

    /// The plaintext of a new key alone, which stands in the place of the name.
    record Key() implements Format {
        @Override
        public String of(Result result, boolean headers, Style style) {
            return new Names().of(result, headers, style);
        }
    }

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
