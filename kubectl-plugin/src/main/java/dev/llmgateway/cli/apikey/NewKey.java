package dev.llmgateway.cli.apikey;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.verb.GatewayName;
import dev.llmgateway.cli.verb.Words;
import dev.llmgateway.crds.api.GatewayKeySpec.Access;
import dev.llmgateway.crds.api.GatewayKeySpec.OwnerKind;
import java.time.Instant;
import java.util.List;

/// The manifest of a new key. Pure.
///
/// @param namespace empty: left to the place
/// @param hash of a key that was made here, 64 hexadecimal digits; empty: the key is generated
///   where it is served
record NewKey(String name, String namespace, String gateway, KeySpec options, String hash) {
    /// Where a generated key is kept.
    static String secretName(String name) {
        return name + "-key";
    }

    ObjectNode manifest(Instant now) {
        ObjectNode spec = Json.object();
        if (!options.displayName.isEmpty()) {
            spec.put("displayName", options.displayName);
        }
        GatewayName.put(spec, gateway);
        owner(spec);
        source(spec);
        if (!options.expires.isEmpty()) {
            spec.put("expiresAt", Expiry.of(options.expires, now));
        }
        if (!options.access.isEmpty()) {
            ArrayNode access = spec.putArray("access");
            options.access.forEach(
                    word -> access.add(Words.choose(Access.class, word, "--access").name()));
        }
        permissions(spec);
        limits(spec);
        if (!options.budgets.isEmpty()) {
            ArrayNode budgets = spec.putArray("budgets");
            options.budgets.forEach(budget -> budgets.add(BudgetText.of(budget)));
        }
        return object().set("spec", spec);
    }

    private ObjectNode object() {
        ObjectNode metadata = Json.object().put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return Json.object()
                .put("apiVersion", Kind.API_VERSION)
                .put("kind", Kind.KEY.kind())
                .set("metadata", metadata);
    }

    private void source(ObjectNode spec) {
        ObjectNode source = spec.putObject("source");
        if (hash.isEmpty()) {
            source.putObject("generate").put("secretName", secretName(name));
        } else {
            source.putArray("hashes").add("sha256:" + hash);
        }
    }

    private void owner(ObjectNode spec) {
        if (options.owner.isEmpty()) {
            return;
        }
        int slash = options.owner.indexOf('/');
        if (slash < 1 || slash == options.owner.length() - 1) {
            throw new Failure(ExitCode.USAGE, "badOwner", options.owner);
        }
        spec.putObject("owner")
                .put(
                        "kind",
                        Words.choose(OwnerKind.class, options.owner.substring(0, slash), "--owner")
                                .name())
                .put("name", options.owner.substring(slash + 1));
    }

    private void permissions(ObjectNode spec) {
        if (options.models.isEmpty() && options.pools.isEmpty()) {
            return;
        }
        ObjectNode permissions = spec.putObject("permissions");
        if (!options.models.isEmpty()) {
            texts(permissions.putObject("models").putArray("allow"), options.models);
        }
        if (!options.pools.isEmpty()) {
            texts(permissions.putArray("pools"), options.pools);
        }
    }

    private static void texts(ArrayNode into, List<String> texts) {
        texts.forEach(into::add);
    }

    private void limits(ObjectNode spec) {
        ObjectNode limits = Json.object();
        put(limits, "requestsPerMinute", options.requestsPerMinute);
        put(limits, "tokensPerMinute", options.tokensPerMinute);
        put(limits, "requestsPerDay", options.requestsPerDay);
        if (!limits.isEmpty()) {
            spec.set("limits", limits);
        }
    }

    private static void put(ObjectNode limits, String field, long value) {
        if (value > 0) {
            limits.put(field, value);
        }
    }
}
