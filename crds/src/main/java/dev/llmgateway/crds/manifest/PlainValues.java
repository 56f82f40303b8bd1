package dev.llmgateway.crds.manifest;

import dev.llmgateway.crds.manifest.YamlValue.Decimal;
import dev.llmgateway.crds.manifest.YamlValue.Items;
import dev.llmgateway.crds.manifest.YamlValue.Mapping;
import dev.llmgateway.crds.manifest.YamlValue.Nothing;
import dev.llmgateway.crds.manifest.YamlValue.Text;
import dev.llmgateway.crds.manifest.YamlValue.Truth;
import dev.llmgateway.crds.manifest.YamlValue.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of fields that keep whatever is written in them, as Jackson would deliver them.
final class PlainValues {
    private PlainValues() {}

    static @Nullable Object of(YamlValue value) {
        return switch (value) {
            case Mapping(Map<String, YamlValue> fields) -> mapping(fields);
            case Items(List<YamlValue> values) -> items(values);
            case Text(String text) -> text;
            case Whole(long number) -> whole(number);
            case Decimal(double number) -> (Double) number;
            case Truth(boolean truth) -> (Boolean) truth;
            case Nothing() -> null;
        };
    }

    private static Object whole(long number) {
        return number == (int) number
                ? (Object) Integer.valueOf((int) number)
                : Long.valueOf(number);
    }

    private static Object mapping(Map<String, YamlValue> fields) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        fields.forEach((key, field) -> plain.put(key, of(field)));
        return plain;
    }

    private static Object items(List<YamlValue> values) {
        List<@Nullable Object> plain = new ArrayList<>();
        values.forEach(item -> plain.add(of(item)));
        return plain;
    }
}
