package dev.llmgateway.runtime.upstream;

import dev.llmgateway.crds.plan.WireFormat;

/// Joins a base URL's path and a format's route (spec/resources.md, Joining a base URL and a
/// route).
final class UpstreamPaths {
    private UpstreamPaths() {}

    /// The request path, without query.
    ///
    /// @param basePath raw path of the base URL, with or without trailing slashes
    /// @param anthropic whether this format is Anthropic's at this upstream (`Models` may be
    ///   either)
    static String join(String basePath, WireFormat format, boolean anthropic) {
        String base = trimmed(basePath);
        return (anthropic ? anthropicBase(base) : openAiBase(base)) + route(format);
    }

    private static String anthropicBase(String base) {
        return base.endsWith("/v1") ? base : base + "/v1";
    }

    private static String openAiBase(String base) {
        return base.isEmpty() ? "/v1" : base;
    }

    private static String trimmed(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /// The public route without its `/v1`.
    private static String route(WireFormat format) {
        return switch (format) {
            case ChatCompletions -> "/chat/completions";
            case Messages -> "/messages";
            case Responses -> "/responses";
            case Completions -> "/completions";
            case Embeddings -> "/embeddings";
            case CountTokens -> "/messages/count_tokens";
            case Models -> "/models";
        };
    }
}
