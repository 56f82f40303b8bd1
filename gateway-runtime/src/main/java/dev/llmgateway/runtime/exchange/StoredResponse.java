package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.dialect.json.Span;

/// The response, stored at its account, that a request goes on with or is about.
///
/// @param id as the client knows it; empty: none
/// @param original as its account knows it
/// @param place of the id in the body, between its quotes
record StoredResponse(String id, String original, Span place) {
    static final StoredResponse NONE = new StoredResponse("", "", new Span(0, 0));

    boolean isNone() {
        return id.isEmpty();
    }

    /// Whether it stands in the body.
    boolean isInBody() {
        return place.end() > 0;
    }
}
