package dev.llmgateway.runtime.source.kubernetes;

import java.util.Map;

/// The decoded data of one Secret.
///
/// @param values by data key
public record SecretData(Map<String, byte[]> values) {
    public SecretData {
        values = Map.copyOf(values);
    }

    @Override
    public String toString() {
        return "SecretData" + values.keySet();
    }
}
