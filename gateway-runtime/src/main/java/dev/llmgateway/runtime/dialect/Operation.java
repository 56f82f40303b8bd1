package dev.llmgateway.runtime.dialect;

import dev.llmgateway.crds.plan.KeyPlan.Access;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a route does: spec/http.md, Data routes.
public enum Operation {
    Messages("POST", Access.Write),
    CountTokens("POST", Access.Read),
    ChatCompletions("POST", Access.Write),
    Completions("POST", Access.Write),
    Responses("POST", Access.Write),
    ResponseById("GET, HEAD, DELETE", Access.Read),
    ResponsesCompact("POST", Access.Write),
    InputTokens("POST", Access.Read),
    Embeddings("POST", Access.Write),
    Models("GET, HEAD", Access.Read),
    ModelById("GET, HEAD", Access.Read),
    Usage("GET, HEAD", Access.Read),
    Status("GET, HEAD", Access.Admin),
    /// `/`: answered empty, needs no key.
    Root("GET, HEAD", null),
    /// Nothing of ours; 404, never proxied.
    Unknown("", null);

    private final String allow;
    private final Optional<Access> access;

    Operation(String allow, @Nullable Access access) {
        this.allow = allow;
        this.access = Optional.ofNullable(access);
    }

    /// Value of the `Allow` header of a 405; empty for `Unknown`, which is a 404.
    public String allow() {
        return allow;
    }

    public boolean allows(String method) {
        return switch (method) {
            case "GET", "HEAD" -> allow.startsWith("GET");
            case "POST" -> allow.equals("POST");
            case "DELETE" -> this == ResponseById;
            default -> false;
        };
    }

    /// What a key needs; empty: no key is needed. `HEAD` needs what `GET` needs.
    public Optional<Access> access(String method) {
        return this == ResponseById && method.equals("DELETE") ? Responses.access : access;
    }
}
