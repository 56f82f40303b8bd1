package dev.llmgateway.crds.plan;

/// One digest that opens a key.
///
/// @param sha256 64 lower-case hexadecimal digits
/// @param notAfterMillis epoch milliseconds after which this digest no longer counts (rotation); 0:
///   never
public record KeyHash(String sha256, long notAfterMillis) {
    @Override
    public String toString() {
        return "KeyHash[" + sha256.substring(0, 8) + "…]";
    }
}
