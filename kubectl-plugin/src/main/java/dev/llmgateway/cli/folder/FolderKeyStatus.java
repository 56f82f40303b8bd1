package dev.llmgateway.cli.folder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.offline.Reading;
import dev.llmgateway.crds.manifest.SecretDocument;
import dev.llmgateway.crds.plan.KeyPlan;

/// What may be told of a folder's key: its visible begin and the begins of its digests.
final class FolderKeyStatus {
    /// `llmgw_` and four characters of the id, as the operator shows it.
    private static final int PREFIX = 10;

    private static final int DIGEST = 8;

    private FolderKeyStatus() {}

    static void fill(ObjectNode status, FolderObject key, Reading reading) {
        String secret = key.tree().at("/spec/source/generate/secretName").asText();
        reading.manifests().secrets().stream()
                .filter(each ->
                        each.namespace().equals(key.namespace()) && each.name().equals(secret))
                .findFirst()
                .ifPresent(each -> prefix(status, each));
        ArrayNode hashes = status.putArray("hashes");
        reading.compilation().plans().values().stream()
                .flatMap(plan -> plan.keys().stream())
                .filter(plan ->
                        plan.ref().namespace().equals(key.namespace())
                                && plan.ref().name().equals(key.name()))
                .map(KeyPlan::hashes)
                .findFirst()
                .ifPresent(all ->
                        all.forEach(hash ->
                                hashes.addObject().put("id", hash.sha256().substring(0, DIGEST))));
    }

    private static void prefix(ObjectNode status, SecretDocument secret) {
        String key = secret.values().getOrDefault("api-key", "");
        if (key.length() > 2 * PREFIX) {
            status.put("keyPrefix", key.substring(0, PREFIX));
        }
    }
}
