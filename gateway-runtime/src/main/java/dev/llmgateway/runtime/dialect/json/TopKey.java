package dev.llmgateway.runtime.dialect.json;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Top-level request members that matter to routing and detection (translation.md 1.2). A
/// constant's name in lower case is the member's name.
public enum TopKey {
    MODEL(Vendor.Any),
    STREAM(Vendor.Any),
    MESSAGES(Vendor.Any),
    INPUT(Vendor.Any),
    PROMPT(Vendor.Any),
    TOOLS(Vendor.Any),
    TOOL_CHOICE(Vendor.Any),
    METADATA(Vendor.Any),
    PROMPT_CACHE_KEY(Vendor.Any),
    PREVIOUS_RESPONSE_ID(Vendor.Any),
    CONVERSATION(Vendor.Any),
    INSTRUCTIONS(Vendor.Any),

    SYSTEM(Vendor.Anthropic),
    STOP_SEQUENCES(Vendor.Anthropic),
    THINKING(Vendor.Anthropic),
    OUTPUT_CONFIG(Vendor.Anthropic),
    TOP_K(Vendor.Anthropic),
    CACHE_CONTROL(Vendor.Anthropic),
    CONTAINER(Vendor.Anthropic),
    CONTEXT_MANAGEMENT(Vendor.Anthropic),
    MCP_SERVERS(Vendor.Anthropic),
    BETAS(Vendor.Anthropic),
    SPEED(Vendor.Anthropic),
    INFERENCE_GEO(Vendor.Anthropic),
    DIAGNOSTICS(Vendor.Anthropic),
    THREAD(Vendor.Anthropic),
    FALLBACKS(Vendor.Anthropic),

    MAX_COMPLETION_TOKENS(Vendor.OpenAi),
    STOP(Vendor.OpenAi),
    RESPONSE_FORMAT(Vendor.OpenAi),
    REASONING_EFFORT(Vendor.OpenAi),
    N(Vendor.OpenAi),
    STREAM_OPTIONS(Vendor.OpenAi),
    FUNCTIONS(Vendor.OpenAi),
    FUNCTION_CALL(Vendor.OpenAi),
    LOGPROBS(Vendor.OpenAi),
    TOP_LOGPROBS(Vendor.OpenAi),
    FREQUENCY_PENALTY(Vendor.OpenAi),
    PRESENCE_PENALTY(Vendor.OpenAi),
    LOGIT_BIAS(Vendor.OpenAi),
    SEED(Vendor.OpenAi),
    PARALLEL_TOOL_CALLS(Vendor.OpenAi),
    MODALITIES(Vendor.OpenAi),
    USER(Vendor.OpenAi),
    STORE(Vendor.OpenAi),
    VERBOSITY(Vendor.OpenAi),
    PREDICTION(Vendor.OpenAi),
    WEB_SEARCH_OPTIONS(Vendor.OpenAi);

    /// Whose API knows the member.
    public enum Vendor {
        Any,
        Anthropic,
        OpenAi
    }

    private static final TopKey[][] BY_LENGTH = byLength();

    private final Vendor vendor;
    private final String wireName = name().toLowerCase(Locale.ROOT);

    TopKey(Vendor vendor) {
        this.vendor = vendor;
    }

    public Vendor vendor() {
        return vendor;
    }

    /// Whether a second member of that name is let through: it decides nothing, or each is looked
    /// at.
    boolean mayRepeat() {
        return switch (this) {
            case MODEL, STREAM, PROMPT_CACHE_KEY, INSTRUCTIONS -> true;
            default -> false;
        };
    }

    public String wireName() {
        return wireName;
    }

    /// Compares in place, so that a scan makes no strings.
    static @Nullable TopKey of(DecodedText name) {
        if (name.length() >= BY_LENGTH.length) {
            return null;
        }
        for (TopKey key : BY_LENGTH[name.length()]) {
            if (name.is(key.wireName)) {
                return key;
            }
        }
        return null;
    }

    private static TopKey[][] byLength() {
        int longest = 0;
        for (TopKey key : values()) {
            longest = Math.max(longest, key.wireName.length());
        }
        TopKey[][] keys = new TopKey[longest + 1][];
        for (int length = 0; length <= longest; length++) {
            int wanted = length;
            keys[length] =
                    Arrays.stream(values())
                            .filter(key -> key.wireName.length() == wanted)
                            .toArray(TopKey[]::new);
        }
        return keys;
    }
}
