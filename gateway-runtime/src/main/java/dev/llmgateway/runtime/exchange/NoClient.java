package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.transport.RequestHead;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The head of a request that the gateway makes by itself: no client's header goes upstream.
enum NoClient implements RequestHead {
    HEAD;

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public String query() {
        return "";
    }

    @Override
    public @Nullable String header(String name) {
        return null;
    }

    @Override
    public List<String> headers(String name) {
        return List.of();
    }

    @Override
    public void forEachHeader(BiConsumer<CharSequence, CharSequence> line) {}

    @Override
    public long contentLength() {
        return 0;
    }

    @Override
    public String remoteAddress() {
        return "";
    }
}
