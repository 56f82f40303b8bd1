package dev.llmgateway.crds.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A YAML value after aliases and tags are resolved. Texts never print what they hold: a value may
/// be a secret that was put into the wrong place.
sealed interface YamlValue {
    /// What it is, for messages.
    String noun();

    /// Fields in the order they were written.
    record Mapping(Map<String, YamlValue> fields) implements YamlValue {
        public Mapping {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String noun() {
            return "a mapping";
        }
    }

    /// A list.
    record Items(List<YamlValue> values) implements YamlValue {
        public Items {
            values = List.copyOf(values);
        }

        @Override
        public String noun() {
            return "a list";
        }
    }

    /// A string.
    record Text(String value) implements YamlValue {
        @Override
        public String noun() {
            return "text";
        }

        @Override
        public String toString() {
            return "Text";
        }
    }

    /// A whole number.
    record Whole(long value) implements YamlValue {
        @Override
        public String noun() {
            return "a number";
        }

        @Override
        public String toString() {
            return "Whole";
        }
    }

    /// Any other number.
    record Decimal(double value) implements YamlValue {
        @Override
        public String noun() {
            return "a decimal number";
        }

        @Override
        public String toString() {
            return "Decimal";
        }
    }

    /// `true` or `false`.
    record Truth(boolean value) implements YamlValue {
        @Override
        public String noun() {
            return "a boolean";
        }
    }

    /// `null`, `~` or nothing: as if the field were absent.
    record Nothing() implements YamlValue {
        @Override
        public String noun() {
            return "nothing";
        }
    }
}
