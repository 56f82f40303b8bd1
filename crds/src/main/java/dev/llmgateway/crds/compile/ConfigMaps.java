package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.ConfigMapKeyRef;
import dev.llmgateway.crds.manifest.ConfigMapDocument;
import dev.llmgateway.crds.plan.ObjectRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The texts of ConfigMaps. A missing one is reported with the reasons of Secrets: the conditions
/// know no others.
final class ConfigMaps {
    private final Map<ObjectRef, Map<String, String>> contents = new HashMap<>();

    ConfigMaps(List<ConfigMapDocument> documents) {
        for (ConfigMapDocument document : documents) {
            contents.put(new ObjectRef(document.namespace(), document.name()), document.data());
        }
    }

    Optional<Map<String, String>> all(
            String namespace, String name, String path, Findings findings) {
        Map<String, String> data = contents.get(new ObjectRef(namespace, name));
        if (data == null) {
            findings.error(
                    Reason.SecretNotFound,
                    path,
                    "there is no ConfigMap " + name + " in namespace " + namespace);
        }
        return Optional.ofNullable(data);
    }

    /// PEM certificates; empty: missing, and why is in the findings.
    Optional<String> certificates(
            String namespace, ConfigMapKeyRef ref, String path, Findings findings) {
        return all(namespace, ref.name(), path, findings)
                .flatMap(data -> entry(data, ref, path, findings))
                .filter(text -> isPem(text, ref, path, findings));
    }

    private static Optional<String> entry(
            Map<String, String> data, ConfigMapKeyRef ref, String path, Findings findings) {
        String text = data.get(ref.key());
        if (text == null) {
            findings.error(
                    Reason.SecretKeyMissing,
                    path,
                    "ConfigMap " + ref.name() + " has no key " + ref.key());
        }
        return Optional.ofNullable(text);
    }

    private static boolean isPem(String text, ConfigMapKeyRef ref, String path, Findings findings) {
        boolean good = Certificates.readable(text);
        if (!good) {
            findings.error(
                    Reason.InvalidCredential,
                    path,
                    "key "
                            + ref.key()
                            + " of ConfigMap "
                            + ref.name()
                            + " holds no PEM certificate");
        }
        return good;
    }
}
