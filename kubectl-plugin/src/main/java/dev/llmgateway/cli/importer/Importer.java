package dev.llmgateway.cli.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The earlier gateway's configuration as manifests. Pure.
///
/// Accounts go into a pool named after their provider, since routes of the old configuration choose
/// providers.
final class Importer {
    private static final Map<String, String> PROVIDERS =
            Map.of(
                    "anthropic", "Anthropic",
                    "claude", "Anthropic",
                    "openai", "OpenAI",
                    "azure", "AzureOpenAI",
                    "google", "Google",
                    "gemini", "Google",
                    "qwen", "Qwen");

    private final String namespace;
    private final Names names = new Names();
    private final List<ObjectNode> accounts = new ArrayList<>();
    private final List<ObjectNode> keys = new ArrayList<>();
    private final List<ObjectNode> secrets = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /// @param namespace empty: left out of the manifests
    Importer(String namespace) {
        this.namespace = namespace;
    }

    Imported read(JsonNode tree) {
        Fields root = new Fields(tree, "");
        ObjectNode gateway = gateway(root);
        root.list("upstream_accounts").forEach(this::account);
        root.list("gateway_keys").forEach(this::key);
        notes.addAll(root.left());
        List<ObjectNode> manifests = new ArrayList<>(List.of(gateway));
        manifests.addAll(accounts);
        manifests.addAll(keys);
        return new Imported(manifests, secrets, notes);
    }

    private ObjectNode gateway(Fields root) {
        ObjectNode spec = Json.object();
        Fields server = root.inner("server");
        notes.addAll(server.left());
        Fields proxy = root.inner("proxy");
        ObjectNode timeouts = Json.object();
        seconds(timeouts, "connect", proxy.number("connect_timeout_seconds"));
        seconds(
                timeouts,
                "response",
                Math.max(proxy.number("request_timeout_seconds"), proxy.number("timeout_seconds")));
        seconds(timeouts, "streamIdle", proxy.number("idle_timeout_seconds"));
        notes.addAll(proxy.left());
        if (!timeouts.isEmpty()) {
            spec.set("timeouts", timeouts);
        }
        routes(spec, root.inner("model_routes"));
        environment(spec, root.inner("environment"));
        return object(Kind.API_VERSION, Kind.GATEWAY.kind(), "main", spec);
    }

    private static void seconds(ObjectNode timeouts, String field, long seconds) {
        if (seconds > 0) {
            timeouts.put(field, seconds + "s");
        }
    }

    private void environment(ObjectNode spec, Fields environment) {
        ObjectNode egress = Json.object();
        put(egress, "httpProxy", environment.text("http_proxy"));
        put(egress, "httpsProxy", environment.text("https_proxy"));
        List<String> direct = environment.texts("no_proxy");
        if (!direct.isEmpty()) {
            ArrayNode list = egress.putArray("noProxy");
            direct.forEach(list::add);
        }
        if (!egress.isEmpty()) {
            spec.set("egress", egress);
        }
        notes.addAll(environment.left());
    }

    private void routes(ObjectNode spec, Fields routes) {
        ArrayNode list = Json.array();
        Names routeNames = new Names();
        for (Fields route : routes.list("routes")) {
            ObjectNode entry =
                    list.addObject()
                            .put("name", routeNames.of(route.text("id"), "route"))
                            .put("match", route.text("source_model"));
            int priority = Math.clamp(route.number("priority"), 0, 9);
            if (priority > 0) {
                entry.put("priority", priority);
            }
            if (!route.truth("enabled", true)) {
                entry.put("enabled", false);
            }
            ObjectNode target = entry.putArray("targets").addObject();
            String provider = route.text("target_provider");
            put(target, "pool", provider.isEmpty() ? "" : pool(provider));
            put(target, "model", route.text("target_model"));
            notes.addAll(route.left());
        }
        if (!list.isEmpty()) {
            spec.set("modelRoutes", list);
        }
        notes.addAll(routes.left());
    }

    private static String pool(String provider) {
        return provider.toLowerCase(Locale.ROOT);
    }

    private void account(Fields account) {
        String displayName = account.text("name");
        String name = names.of(displayName, "account");
        String provider = account.text("provider");
        ObjectNode spec = Json.object();
        put(spec, "displayName", displayName);
        spec.putObject("gatewayRef").put("name", "main");
        String known = PROVIDERS.getOrDefault(pool(provider), "OpenAICompatible");
        spec.put("provider", known);
        put(spec, "baseURL", account.text("base_url"));
        if (known.equals("OpenAICompatible")) {
            spec.putArray("formats").add("ChatCompletions");
            spec.putArray("models").addObject().put("name", "*");
        }
        if (account.text("type").equals("oauth")) {
            oauth(spec.putObject("auth").putObject("oauth"), account, name, known);
        } else {
            ObjectNode ref = spec.putObject("auth").putObject("apiKey").putObject("secretRef");
            ref.put("name", name + "-api-key").put("key", "api-key");
            secret(name + "-api-key", Map.of("api-key", account.text("api_key")));
        }
        put(spec, "pool", provider.isEmpty() ? "" : pool(provider));
        suspended(spec, account.text("status"));
        accounts.add(object(Kind.API_VERSION, Kind.ACCOUNT.kind(), name, spec));
        notes.addAll(account.left());
    }

    private void oauth(ObjectNode oauth, Fields account, String name, String provider) {
        oauth.putObject("secretRef").put("name", name + "-oauth");
        oauth.put("profile", provider.equals("Qwen") ? "Qwen" : "Anthropic");
        secret(
                name + "-oauth",
                Map.of(
                        "access-token", account.text("access_token"),
                        "refresh-token", account.text("refresh_token"),
                        "expires-at", account.text("expires_at"),
                        "resource-url", account.text("resource_url")));
    }

    private void secret(String name, Map<String, String> values) {
        ObjectNode object = object("v1", "Secret", name, Json.object());
        object.remove("spec");
        ((ObjectNode) object.get("metadata"))
                .set("labels", Json.object().put("llm-gateway.dev/credentials", "true"));
        ObjectNode data = object.putObject("stringData");
        new TreeMap<>(values).forEach((key, value) -> put(data, key, value));
        if (!data.isEmpty()) {
            secrets.add(object);
        }
    }

    private void key(Fields key) {
        String displayName = key.text("name");
        ObjectNode spec = Json.object();
        put(spec, "displayName", displayName);
        spec.putObject("gatewayRef").put("name", "main");
        String hash = key.text("key_hash").toLowerCase(Locale.ROOT).replaceFirst("^sha256:", "");
        spec.putObject("source").putArray("hashes").add("sha256:" + hash);
        put(spec, "expiresAt", key.text("expires_at"));
        List<String> permissions = key.texts("permissions");
        if (!permissions.isEmpty()) {
            ArrayNode access = spec.putArray("access");
            permissions.forEach(word -> access.add(capital(word)));
        }
        Fields limit = key.inner("rate_limit");
        ObjectNode limits = Json.object();
        count(limits, "requestsPerMinute", limit.number("requests_per_minute"));
        count(limits, "requestsPerHour", limit.number("requests_per_hour"));
        count(limits, "requestsPerDay", limit.number("requests_per_day"));
        notes.addAll(limit.left());
        if (!limits.isEmpty()) {
            spec.set("limits", limits);
        }
        routes(spec, key.inner("model_routes"));
        suspended(spec, key.text("status"));
        keys.add(object(Kind.API_VERSION, Kind.KEY.kind(), names.of(displayName, "key"), spec));
        notes.addAll(key.left());
    }

    private static String capital(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static void suspended(ObjectNode spec, String status) {
        if (!status.isEmpty() && !status.equalsIgnoreCase("active")) {
            spec.put("suspended", true);
        }
    }

    private static void count(ObjectNode limits, String field, long value) {
        if (value > 0) {
            limits.put(field, value);
        }
    }

    private ObjectNode object(String version, String kind, String name, ObjectNode spec) {
        ObjectNode metadata = Json.object().put("name", name);
        put(metadata, "namespace", namespace);
        ObjectNode object = Json.object().put("apiVersion", version).put("kind", kind);
        object.set("metadata", metadata);
        object.set("spec", spec);
        return object;
    }

    private static void put(ObjectNode into, String field, String value) {
        if (!value.isEmpty()) {
            into.put(field, value);
        }
    }
}
