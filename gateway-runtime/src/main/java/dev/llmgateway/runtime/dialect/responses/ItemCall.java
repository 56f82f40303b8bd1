package dev.llmgateway.runtime.dialect.responses;

/// Which call an item is.
///
/// @param namespace empty: none
/// @param name as the client declared it
record ItemCall(String id, String namespace, String name) {
    static final ItemCall NONE = new ItemCall("", "", "");
}
