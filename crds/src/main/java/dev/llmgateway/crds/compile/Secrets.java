package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.manifest.SecretDocument;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.ObjectRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of Secrets. Of their values only facts leave this class: present, well-formed; the
/// digests of a key are no secrets.
final class Secrets {
    /// Whoever may set it on a Secret may let accounts of its namespace use that Secret.
    static final String LABEL = "llm-gateway.dev/credentials";

    private final Map<ObjectRef, Content> contents = new HashMap<>();

    /// @param labelled the document this value stands in is released for use
    private record Value(String text, boolean labelled) {
        @Override
        public String toString() {
            return "Value[labelled=" + labelled + "]";
        }
    }

    /// @param labelled some document of this name is released for use
    private record Content(boolean labelled, Map<String, Value> values) {
        static Content of(SecretDocument document) {
            boolean labelled = "true".equals(document.labels().get(LABEL));
            Map<String, Value> values = new HashMap<>();
            document.values().forEach((key, text) -> values.put(key, new Value(text, labelled)));
            return new Content(labelled, values);
        }

        Content join(Content later) {
            Map<String, Value> all = new HashMap<>(values);
            all.putAll(later.values());
            return new Content(labelled || later.labelled(), all);
        }
    }

    /// Documents of one name are read together, later values first: a folder adds values from files
    /// and the environment as documents of their own, labelled by the caller. A label releases the
    /// values of its own document only.
    Secrets(List<SecretDocument> documents) {
        for (SecretDocument document : documents) {
            contents.merge(
                    new ObjectRef(document.namespace(), document.name()),
                    Content.of(document),
                    Content::join);
        }
    }

    /// A value that is sent in a header; empty: not usable, and why is in the findings.
    ///
    /// @param path of the reference to the Secret
    Optional<CredentialRef> credential(CredentialRef ref, String path, Findings findings) {
        return usable(ref, path, findings)
                .filter(value ->
                        wellFormed(
                                headerSafe(value),
                                ref,
                                "is empty or holds more than printable ASCII (a line break"
                                        + " at its end?)",
                                path,
                                findings))
                .map(value -> ref);
    }

    /// A certificate or key as PEM text.
    Optional<CredentialRef> pem(CredentialRef ref, String path, Findings findings) {
        return usable(ref, path, findings)
                .filter(value -> wellFormed(pem(value), ref, "is no PEM text", path, findings))
                .map(value -> ref);
    }

    /// A value of a Secret that the operator or the folder generated; such Secrets need no label,
    /// nothing of them is sent anywhere.
    Optional<String> generated(ObjectRef secret, String key) {
        return Optional.ofNullable(contents.get(secret))
                .map(content -> content.values().get(key))
                .map(Value::text);
    }

    private Optional<String> usable(CredentialRef ref, String path, Findings findings) {
        Content content = contents.get(new ObjectRef(ref.namespace(), ref.secret()));
        if (content == null) {
            findings.error(
                    Reason.SecretNotFound,
                    path,
                    "there is no Secret " + ref.secret() + " in namespace " + ref.namespace());
            return Optional.empty();
        }
        Value value = content.values().get(ref.key());
        if (!(value == null ? content.labelled() : value.labelled())) {
            findings.error(Reason.SecretNotLabelled, path, notLabelled(ref));
            return Optional.empty();
        }
        if (value == null) {
            findings.error(
                    Reason.SecretKeyMissing,
                    path,
                    "Secret " + ref.secret() + " has no key " + ref.key());
        }
        return Optional.ofNullable(value).map(Value::text);
    }

    private static String notLabelled(CredentialRef ref) {
        return "Secret "
                + ref.secret()
                + " is not released for use; kubectl label secret "
                + ref.secret()
                + " -n "
                + ref.namespace()
                + " "
                + LABEL
                + "=true";
    }

    private static boolean wellFormed(
            boolean good, CredentialRef ref, String complaint, String path, Findings findings) {
        if (!good) {
            findings.error(
                    Reason.InvalidCredential,
                    path,
                    "key " + ref.key() + " of Secret " + ref.secret() + " " + complaint);
        }
        return good;
    }

    private static boolean headerSafe(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static boolean pem(String value) {
        return value.contains("-----BEGIN ");
    }
}
