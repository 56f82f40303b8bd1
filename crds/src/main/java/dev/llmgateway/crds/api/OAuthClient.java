package dev.llmgateway.crds.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/// One OAuth client.
public record OAuthClient(
        @Required
                @JsonPropertyDescription("Anthropic, Qwen or Custom, unique in its list. Required.")
                OAuthProfile profile,
        @Required
                @Size(min = 1, max = 253)
                @JsonPropertyDescription("OAuth client id. Required, 1-253 characters.")
                String clientID) {}
