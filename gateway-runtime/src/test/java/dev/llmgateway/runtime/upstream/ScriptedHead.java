package dev.llmgateway.runtime.upstream;

import dev.llmgateway.runtime.transport.RequestHead;
import dev.llmgateway.runtime.transport.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A head of either direction, from lines such as `name: value`.
record ScriptedHead(int status, List<Map.Entry<String, String>> lines)
        implements RequestHead, ResponseHead {
    static ScriptedHead of(String... lines) {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(": ");
            entries.add(Map.entry(line.substring(0, colon), line.substring(colon + 2)));
        }
        return new ScriptedHead(200, entries);
    }

    @Override
    public @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    @Override
    public List<String> headers(String name) {
        return lines.stream()
                .filter(line -> line.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public void forEachHeader(BiConsumer<CharSequence, CharSequence> line) {
        lines.forEach(entry -> line.accept(entry.getKey(), entry.getValue()));
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return "/v1/messages";
    }

    @Override
    public String query() {
        return "";
    }

    @Override
    public long contentLength() {
        return -1;
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }
}
