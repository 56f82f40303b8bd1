package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.GatewayKeySpec;
import dev.llmgateway.crds.plan.KeyHash;
import dev.llmgateway.crds.plan.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The digests that open a key: written in its spec, or in the Secret that was generated for it.
final class KeyHashes {
    private static final String PREFIX = "sha256:";
    private static final Pattern DIGEST = Pattern.compile("[a-f0-9]{64}");
    private static final String PATH = "spec.source.generate.secretName";

    private KeyHashes() {}

    /// Empty: none yet or none valid, and why is in the findings.
    static List<KeyHash> of(Subject<GatewayKeySpec> key, Secrets secrets) {
        GatewayKeySpec.Generate generate = key.spec().source().generate();
        if (generate == null) {
            return key.spec().source().hashes().stream()
                    .map(hash -> new KeyHash(hash.substring(PREFIX.length()), 0))
                    .distinct()
                    .toList();
        }
        return generated(
                new ObjectRef(key.namespace(), generate.secretName()), secrets, key.findings());
    }

    private static List<KeyHash> generated(ObjectRef secret, Secrets secrets, Findings findings) {
        Optional<String> current = secrets.generated(secret, "sha256");
        if (current.isEmpty()) {
            findings.warning(
                    Reason.Pending,
                    PATH,
                    "Secret " + secret.name() + " holds no generated key yet");
            return List.of();
        }
        List<KeyHash> hashes = new ArrayList<>();
        digest(current.get())
                .ifPresentOrElse(
                        digest -> hashes.add(new KeyHash(digest, 0)),
                        () -> findings.error(Reason.InvalidCredential, PATH, malformed(secret)));
        secrets.generated(secret, "previous-sha256")
                .ifPresent(previous ->
                        addPrevious(
                                previous,
                                secrets.generated(secret, "previous-not-after"),
                                hashes,
                                secret,
                                findings));
        return hashes;
    }

    /// A former digest without a readable end does not count: it would live for ever.
    private static void addPrevious(
            String previous,
            Optional<String> notAfter,
            List<KeyHash> hashes,
            ObjectRef secret,
            Findings findings) {
        Optional<String> digest = digest(previous);
        Optional<Instant> end = notAfter.flatMap(Times::parse);
        if (digest.isPresent() && end.isPresent()) {
            hashes.add(new KeyHash(digest.get(), end.get().toEpochMilli()));
        } else {
            findings.warning(
                    Reason.InvalidCredential,
                    PATH,
                    "Secret "
                            + secret.name()
                            + " needs previous-sha256 and previous-not-after (RFC 3339) together");
        }
    }

    private static String malformed(ObjectRef secret) {
        return "key sha256 of Secret " + secret.name() + " is not 64 lower-case hexadecimal digits";
    }

    private static Optional<String> digest(String text) {
        String digits = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
        return Optional.of(digits).filter(candidate -> DIGEST.matcher(candidate).matches());
    }
}
