package dev.llmgateway.runtime.balance;

import dev.llmgateway.crds.plan.GatewaySettings.AffinityPlan;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What names a request's conversation (translation.md 2.9): the first of the configured sources
/// that says something. Pure; the text goes into `Session.of`.
public final class AffinityKey {
    /// In the order of translation.md: Claude Code, opencode, Codex in the spellings seen.
    private static final List<String> VENDOR_HEADERS =
            List.of(
                    "x-claude-code-session-id",
                    "x-session-affinity",
                    "x-session-id",
                    "session-id",
                    "session_id",
                    "thread-id",
                    "conversation_id");

    private static final String JSON_MEMBER = "\"session_id\"";
    private static final String OLDER_FORM = "_session_";

    private AffinityKey() {}

    /// What a body says; empty: nothing.
    ///
    /// @param userId `metadata.user_id`
    /// @param prefixHash of the system prompt and the first user message
    public record Body(
            String userId, String promptCacheKey, String previousResponseId, String prefixHash) {
        public static final Body SILENT = new Body("", "", "", "");
    }

    /// @param header first value of a request header (name in lower case), or null
    /// @return empty: nothing names the conversation
    public static String of(
            AffinityPlan plan, Function<String, @Nullable String> header, Body body) {
        for (int i = 0; i < plan.sources().size(); i++) {
            String found =
                    switch (plan.sources().get(i)) {
                        case "Header" -> named(plan.header(), header);
                        case "MetadataUserID" -> session(body.userId());
                        case "PromptPrefix" -> prefix(body);
                        case String other ->
                                throw new IllegalArgumentException("affinity source " + other);
                    };
            if (!found.isEmpty()) {
                return found;
            }
        }
        return "";
    }

    private static String named(String configured, Function<String, @Nullable String> header) {
        String own = value(configured, header);
        for (int i = 0; own.isEmpty() && i < VENDOR_HEADERS.size(); i++) {
            own = value(VENDOR_HEADERS.get(i), header);
        }
        return own;
    }

    private static String value(String name, Function<String, @Nullable String> header) {
        String value = name.isEmpty() ? null : header.apply(name);
        return value == null ? "" : value.strip();
    }

    private static String prefix(Body body) {
        if (!body.promptCacheKey().isEmpty()) {
            return body.promptCacheKey();
        }
        return body.previousResponseId().isEmpty() ? body.prefixHash() : body.previousResponseId();
    }

    /// The session inside Claude Code's two forms of a user id: a JSON object in a string, or
    /// `user_..._account_..._session_<uuid>`. Any other text stands for its user.
    private static String session(String userId) {
        String inObject = userId.startsWith("{") ? member(userId) : "";
        if (!inObject.isEmpty()) {
            return inObject;
        }
        int at = userId.startsWith("user_") ? userId.lastIndexOf(OLDER_FORM) : -1;
        String inText = at < 0 ? "" : userId.substring(at + OLDER_FORM.length());
        return inText.isEmpty() ? userId : inText;
    }

    /// Not a parser: a session id holds no escapes, and a wrong key costs a cache, nothing else.
    private static String member(String object) {
        int name = object.indexOf(JSON_MEMBER);
        int colon = name < 0 ? -1 : object.indexOf(':', name + JSON_MEMBER.length());
        int open = colon < 0 ? -1 : object.indexOf('"', colon);
        int close = open < 0 ? -1 : object.indexOf('"', open + 1);
        return close < 0 ? "" : object.substring(open + 1, close);
    }
}
