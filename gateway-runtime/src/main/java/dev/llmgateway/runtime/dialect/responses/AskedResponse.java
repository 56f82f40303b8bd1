package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.translation.RequestMemory;
import dev.llmgateway.runtime.model.Slice;
import java.util.Map;

/// What a reply repeats of its request, and how the client declared its tools.
///
/// @param echo members of a response object, with a comma before each
/// @param tools those that the hub knows in another way, by their names there
record AskedResponse(Slice echo, Map<String, DeclaredTool> tools) implements RequestMemory {
    /// Of a request that says nothing of all this.
    static final AskedResponse PLAIN = new AskedResponse(RequestEcho.of(Map.of()), Map.of());

    static AskedResponse of(RequestMemory memory) {
        return memory instanceof AskedResponse asked ? asked : PLAIN;
    }

    /// @param name in the hub
    DeclaredTool tool(String name) {
        DeclaredTool known = tools.get(name);
        return known == null ? new DeclaredTool("", name, DeclaredTool.Form.Function) : known;
    }
}
