package dev.llmgateway.runtime.source.kubernetes;

/// What a watch has to say.
public sealed interface WatchSignal {
    /// The object is as this says; without text: it was deleted.
    record Seen(IndexObject object) implements WatchSignal {}

    /// Nothing happened up to this version.
    record Bookmark(String resourceVersion) implements WatchSignal {}

    /// The server closed it in order.
    record Ended() implements WatchSignal {}

    /// The version the watch began with is too old: list again.
    record Gone() implements WatchSignal {}

    record Failed(ApiFailure failure) implements WatchSignal {}
}
