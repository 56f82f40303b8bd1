package dev.llmgateway.crds.plan;

/// Where a secret value is to be found. The plan holds only such names; values travel beside it.
public record CredentialRef(String namespace, String secret, String key) {
    @Override
    public String toString() {
        return namespace + "/" + secret + "/" + key;
    }
}
