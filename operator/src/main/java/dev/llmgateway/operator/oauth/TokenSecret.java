package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.oauth.Claim;
import dev.llmgateway.crds.oauth.OAuthAnnotations;
import dev.llmgateway.crds.oauth.Refusal;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.plan.ObjectRef;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A released Secret that an account's tokens are kept in, as of one version.
///
/// @param uid of the Secret; empty: there is none
/// @param version its resourceVersion; empty: there is none
/// @param grant whose sign-in the tokens come from; empty: not known
/// @param fulfilled the last wish for a refresh that was fulfilled; empty: none
/// @param made for an account by the operator
/// @param writable it is not immutable
record TokenSecret(
        ObjectRef ref,
        String uid,
        String version,
        StoredTokens tokens,
        Optional<Claim> claim,
        Optional<Refusal> refusal,
        String grant,
        String fulfilled,
        boolean made,
        boolean writable) {

    static TokenSecret absent(ObjectRef ref) {
        return new TokenSecret(
                ref,
                "",
                "",
                StoredTokens.NONE,
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                false,
                true);
    }

    static TokenSecret of(Secret secret) {
        Map<String, String> notes = annotations(secret);
        return new TokenSecret(
                new ObjectRef(secret.getMetadata().getNamespace(), secret.getMetadata().getName()),
                secret.getMetadata().getUid(),
                secret.getMetadata().getResourceVersion(),
                StoredTokens.of(values(secret)),
                Optional.ofNullable(notes.get(OAuthAnnotations.CLAIM)).flatMap(Claim::read),
                Optional.ofNullable(notes.get(OAuthAnnotations.REFUSED)).flatMap(Refusal::read),
                notes.getOrDefault(OAuthAnnotations.SIGNED_IN, ""),
                notes.getOrDefault(OAuthAnnotations.FULFILLED, ""),
                notes.containsKey(OAuthAnnotations.MADE_FOR),
                !Boolean.TRUE.equals(secret.getImmutable()));
    }

    static Map<String, String> annotations(Secret secret) {
        Map<String, String> notes = secret.getMetadata().getAnnotations();
        return notes == null ? Map.of() : notes;
    }

    static Map<String, String> values(Secret secret) {
        Map<String, String> values = new HashMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, base64) ->
                            values.put(
                                    key,
                                    new String(
                                            Base64.getDecoder().decode(base64),
                                            StandardCharsets.UTF_8)));
        }
        return values;
    }

    /// Whether a new token is wanted that is not there yet.
    ///
    /// @param wish of a person; empty: none
    /// @param refused fingerprint of a token that an upstream refuses; empty: none
    boolean asked(String wish, String refused) {
        boolean wished = !wish.isEmpty() && !wish.equals(fulfilled);
        return wished || (!refused.isEmpty() && refused.equals(tokens.fingerprint()));
    }

    boolean exists() {
        return !version.isEmpty();
    }

    /// The later of two views of one Secret; the API server's versions grow.
    TokenSecret later(TokenSecret other) {
        return number(other.version) >= number(version) ? other : this;
    }

    private static long number(String version) {
        try {
            return version.isEmpty() ? 0 : Long.parseLong(version);
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE; // of another kind of server: what is asked last counts
        }
    }
}
