package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tools a client declares: flat, as the hub knows them, and how it finds those again that the
/// client knows in another way.
final class Tools {
    private final List<Tool> all = new ArrayList<>();
    private final Map<String, DeclaredTool> declared = new LinkedHashMap<>();

    void add(String namespace, String name, Tool tool) {
        all.add(tool);
        if (!namespace.isEmpty()) {
            DeclaredTool.Form form =
                    tool instanceof Tool.Custom
                            ? DeclaredTool.Form.Custom
                            : DeclaredTool.Form.Function;
            declared.put(tool.name(), new DeclaredTool(namespace, name, form));
        }
    }

    void local(LocalTool tool) {
        all.add(
                new Tool.Function(
                        tool.type(),
                        tool.description(),
                        tool.schema(),
                        false,
                        Slice.EMPTY,
                        CacheMark.None));
        declared.put(tool.type(), DeclaredTool.of(tool));
    }

    List<Tool> all() {
        return all;
    }

    /// By their names in the hub.
    Map<String, DeclaredTool> declared() {
        return declared;
    }
}
