package dev.llmgateway.operator.apply;

/// An object stands where the operator would write its own. It stays untouched.
public final class ForeignObjectException extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param kind `Secret`, `ConfigMap`
    public ForeignObjectException(String kind, String name) {
        super(
                kind
                        + " "
                        + name
                        + " exists and is not the operator's; remove it or choose another name");
    }
}
