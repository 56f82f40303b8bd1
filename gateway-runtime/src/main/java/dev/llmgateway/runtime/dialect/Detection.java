package dev.llmgateway.runtime.dialect;

import dev.llmgateway.crds.plan.WireFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Which format a request has, and which its client expects back. They differ for a Responses body
/// on a Chat path only.
public record Detection(WireFormat request, WireFormat answer) {
    private static final Map<WireFormat, Detection> SAME = same();

    static Detection both(WireFormat format) {
        return Objects.requireNonNull(SAME.get(format));
    }

    private static Map<WireFormat, Detection> same() {
        Map<WireFormat, Detection> all = new EnumMap<>(WireFormat.class);
        for (WireFormat format : WireFormat.values()) {
            all.put(format, new Detection(format, format));
        }
        return all;
    }
}
