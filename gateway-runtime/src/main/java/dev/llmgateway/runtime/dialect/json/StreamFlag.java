package dev.llmgateway.runtime.dialect.json;

/// The top-level `stream` member of a request. Only `True` asks for a stream (translation.md 1.2).
public enum StreamFlag {
    Absent,
    True,
    False,
    Null,
    /// A string, number, list or object.
    Other;

    static StreamFlag of(JsonKind kind) {
        return switch (kind) {
            case True -> True;
            case False -> False;
            case Null -> Null;
            case String, Object, Array, Number -> Other;
        };
    }
}
