package dev.llmgateway.runtime.model;

import java.util.List;

/// Where the content of an image or a document is. Texts stay escaped.
public sealed interface Media {
    /// @param mediaType lower-case, without parameters
    record Base64(String mediaType, Slice data) implements Media {}

    record Url(Slice url) implements Media {}

    /// Stored at a provider; means nothing elsewhere.
    record FileId(Slice id) implements Media {}

    record PlainText(Slice text) implements Media {}

    record Parts(List<Part> parts) implements Media {
        public Parts {
            parts = List.copyOf(parts);
        }
    }
}
