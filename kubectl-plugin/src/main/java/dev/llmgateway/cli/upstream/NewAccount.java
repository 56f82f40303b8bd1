package dev.llmgateway.cli.upstream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.verb.GatewayName;
import dev.llmgateway.cli.verb.Words;
import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.OAuthProfile;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.api.WireFormat;
import java.util.Optional;

/// The manifests of a new account. Pure.
///
/// @param namespace empty: left to the place
/// @param gateway empty: the only one of the namespace
record NewAccount(
        String name,
        String namespace,
        String gateway,
        AccountSpec options,
        Optional<SecretRef> secret) {
    /// Where the credential is.
    record SecretRef(String name, String key) {
        /// `NAME/KEY`.
        static SecretRef of(String text) {
            int slash = text.indexOf('/');
            if (slash < 1 || slash == text.length() - 1) {
                throw new Failure(ExitCode.USAGE, "badSecretRef", text);
            }
            return new SecretRef(text.substring(0, slash), text.substring(slash + 1));
        }

        /// Of a key that is given with the account.
        static SecretRef own(String account) {
            return new SecretRef(account + "-api-key", "api-key");
        }
    }

    static boolean simulated(AccountSpec options) {
        return provider(options) == UpstreamAccountSpec.Provider.Simulated;
    }

    private static UpstreamAccountSpec.Provider provider(AccountSpec options) {
        return Words.choose(UpstreamAccountSpec.Provider.class, options.provider, "--provider");
    }

    ObjectNode manifest() {
        ObjectNode spec = Json.object();
        put(spec, "displayName", options.displayName);
        GatewayName.put(spec, gateway);
        spec.put("provider", provider(options).name());
        put(spec, "baseURL", options.baseUrl);
        if (!options.formats.isEmpty()) {
            ArrayNode formats = spec.putArray("formats");
            options.formats.forEach(format ->
                    formats.add(Words.choose(WireFormat.class, format, "--formats").name()));
        }
        auth(spec);
        models(spec);
        put(spec, "pool", options.pool);
        if (options.priority >= 0) {
            spec.put("priority", options.priority);
        }
        if (options.weight >= 0) {
            spec.put("weight", options.weight);
        }
        return object(Kind.API_VERSION, Kind.ACCOUNT.kind(), name, namespace).set("spec", spec);
    }

    private void auth(ObjectNode spec) {
        if (simulated(options)) {
            return;
        }
        ObjectNode auth = spec.putObject("auth");
        switch (options.type) {
            case "api-key" -> {
                SecretRef ref = secret.orElseThrow(() -> new Failure(ExitCode.USAGE, "noKeyGiven"));
                auth.putObject("apiKey")
                        .putObject("secretRef")
                        .put("name", ref.name())
                        .put("key", ref.key());
            }
            case "oauth" -> oauth(auth.putObject("oauth"));
            case "passthrough" -> auth.putObject("passthrough");
            case "none" -> auth.putObject("none");
            default ->
                    throw new Failure(
                            ExitCode.USAGE,
                            "unknownWord",
                            "--type",
                            options.type,
                            "api-key, oauth, passthrough, none");
        }
    }

    private void oauth(ObjectNode oauth) {
        oauth.putObject("secretRef").put("name", name + "-oauth");
        String profile = options.profile.isEmpty() ? provider(options).name() : options.profile;
        oauth.put("profile", Words.choose(OAuthProfile.class, profile, "--profile").name());
        if (!options.grant.isEmpty()) {
            oauth.put("grant", Words.choose(Auth.Grant.class, options.grant, "--grant").name());
        }
        put(oauth, "clientID", options.clientId);
        if (!options.tokenUrl.isEmpty()) {
            oauth.putObject("overrides").put("tokenURL", options.tokenUrl);
        }
    }

    private void models(ObjectNode spec) {
        if (options.models.isEmpty()) {
            return;
        }
        ArrayNode models = spec.putArray("models");
        for (String model : options.models) {
            int equals = model.indexOf('=');
            ObjectNode entry =
                    models.addObject().put("name", equals < 0 ? model : model.substring(0, equals));
            if (equals >= 0) {
                entry.put("upstream", model.substring(equals + 1));
            }
        }
    }

    /// The credential, released for use by accounts of its namespace.
    ObjectNode secretManifest(SecretRef ref, String value) {
        ObjectNode object = object("v1", "Secret", ref.name(), namespace);
        ObjectNode labels =
                Json.object()
                        .put("llm-gateway.dev/credentials", "true")
                        .put("app.kubernetes.io/managed-by", "kubectl-llm-gateway");
        ((ObjectNode) object.get("metadata")).set("labels", labels);
        object.put("type", "Opaque");
        object.putObject("stringData").put(ref.key(), value);
        return object;
    }

    private static ObjectNode object(String version, String kind, String name, String namespace) {
        ObjectNode metadata = Json.object().put("name", name);
        put(metadata, "namespace", namespace);
        return Json.object().put("apiVersion", version).put("kind", kind).set("metadata", metadata);
    }

    private static void put(ObjectNode into, String field, String value) {
        if (!value.isEmpty()) {
            into.put(field, value);
        }
    }
}
