package dev.llmgateway.runtime.dialect.json;

/// What a JSON value is, known from its first byte.
public enum JsonKind {
    String,
    Object,
    Array,
    Number,
    True,
    False,
    Null
}
