package dev.llmgateway.runtime.upstream.simulated;

import dev.llmgateway.runtime.transport.ResponseHead;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// @param headers by lower-case name
record SimulatedHead(int status, Map<String, String> headers, long contentLength)
        implements ResponseHead {
    SimulatedHead {
        headers = new TreeMap<>(headers);
    }

    static SimulatedHead stream(String id) {
        return new SimulatedHead(
                200,
                Map.of(
                        "content-type",
                        "text/event-stream; charset=utf-8",
                        "request-id",
                        "req_" + id),
                -1);
    }

    static SimulatedHead json(int status, String id, long length) {
        return new SimulatedHead(
                status,
                Map.of("content-type", "application/json", "request-id", "req_" + id),
                length);
    }

    SimulatedHead with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new SimulatedHead(status, more, contentLength);
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public void forEachHeader(BiConsumer<CharSequence, CharSequence> line) {
        headers.forEach(line);
    }
}
