package dev.llmgateway.runtime.dialect;

import dev.llmgateway.crds.plan.WireFormat;

/// Which format a request has, and which its client expects back. They differ for a Responses body
/// on a Chat path only.
public record Detection(WireFormat request, WireFormat answer) {
    static Detection both(WireFormat format) {
        return new Detection(format, format);
    }
}
