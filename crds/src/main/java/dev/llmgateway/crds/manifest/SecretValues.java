package dev.llmgateway.crds.manifest;

import dev.llmgateway.crds.manifest.YamlValue.Mapping;
import dev.llmgateway.crds.manifest.YamlValue.Nothing;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// The decoded texts of a Secret document. No message quotes a value.
final class SecretValues {
    private SecretValues() {}

    static Map<String, String> of(Mapping secret, String prefix, Problems problems) {
        RecordBinder binder = new RecordBinder(problems);
        Map<String, String> values = new LinkedHashMap<>();
        binder.texts(field(secret, "data"), prefix + "data")
                .forEach((key, base64) ->
                        values.put(key, decoded(base64, prefix + "data." + key, problems)));
        values.putAll(binder.texts(field(secret, "stringData"), prefix + "stringData"));
        return values;
    }

    private static YamlValue field(Mapping secret, String name) {
        return secret.fields().getOrDefault(name, new Nothing());
    }

    private static String decoded(String base64, String path, Problems problems) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (IllegalArgumentException _) {
            problems.add(path, "is not base64; plain text belongs into stringData");
        } catch (CharacterCodingException _) {
            problems.add(path, "is not UTF-8 text once decoded");
        }
        return "";
    }
}
