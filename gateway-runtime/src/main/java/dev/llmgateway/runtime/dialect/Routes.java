package dev.llmgateway.runtime.dialect;

import java.util.EnumMap;
import java.util.Map;

/// The one place that reads a request's path: what it decides is also what is routed
/// (reliability-security.md S15). Shape: `[/anthropic|/openai]?(/v1){0,2}/ROUTE`; whatever is
/// spelled in another way is [Operation#Unknown], never repaired.
public final class Routes {
    /// Characters of a response or model id in a path.
    public static final int MAX_ID = 256;

    private static final String V1 = "/v1/";
    private static final String RESPONSES = "responses/";
    private static final String MODELS = "models/";

    private static final Map<Operation, Route> PLAIN = plain();
    private static final Route UNKNOWN = new Route(Operation.Unknown, "");

    private Routes() {}

    /// @param path raw, without the query; starts with `/`
    public static Route route(String path) {
        if (path.equals("/")) {
            return of(Operation.Root);
        }
        if (path.equals("/gateway/v1/status")) {
            return of(Operation.Status);
        }
        int at = 0;
        if (path.startsWith("/anthropic/")) {
            at = "/anthropic".length();
        } else if (path.startsWith("/openai/")) {
            at = "/openai".length();
        }
        for (int i = 0; i < 2 && path.startsWith(V1, at); i++) {
            at += V1.length() - 1;
        }
        return path.startsWith("/", at) ? named(path.substring(at + 1)) : UNKNOWN;
    }

    private static Route named(String name) {
        return switch (name) {
            case "messages" -> of(Operation.Messages);
            case "messages/count_tokens" -> of(Operation.CountTokens);
            case "chat/completions" -> of(Operation.ChatCompletions);
            case "completions" -> of(Operation.Completions);
            case "responses" -> of(Operation.Responses);
            case "responses/compact" -> of(Operation.ResponsesCompact);
            case "responses/input_tokens" -> of(Operation.InputTokens);
            case "embeddings" -> of(Operation.Embeddings);
            case "models" -> of(Operation.Models);
            case "usage" -> of(Operation.Usage);
            default -> withId(name);
        };
    }

    private static Route withId(String name) {
        if (name.startsWith(RESPONSES)) {
            return identified(Operation.ResponseById, name.substring(RESPONSES.length()), false);
        }
        if (name.startsWith(MODELS)) {
            // Clients percent-encode the slash of `vendor/model`; it is the only escape that is
            // read.
            String id = name.substring(MODELS.length()).replace("%2F", "/");
            return identified(Operation.ModelById, id, true);
        }
        return UNKNOWN;
    }

    private static Route identified(Operation operation, String id, boolean slashes) {
        return id.length() <= MAX_ID && isId(id, slashes) ? new Route(operation, id) : UNKNOWN;
    }

    /// Segments of `[A-Za-z0-9._:-]`, none empty and none ending in a dot (which also excludes `.`
    /// and `..`).
    private static boolean isId(String id, boolean slashes) {
        char before = '/';
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == '/' ? !slashes || before == '/' || before == '.' : !isIdCharacter(c)) {
                return false;
            }
            before = c;
        }
        return before != '/' && before != '.';
    }

    private static boolean isIdCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == ':'
                || c == '-';
    }

    private static Route of(Operation operation) {
        Route route = PLAIN.get(operation);
        return route == null ? UNKNOWN : route;
    }

    private static Map<Operation, Route> plain() {
        Map<Operation, Route> routes = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            routes.put(operation, new Route(operation, ""));
        }
        return routes;
    }
}
