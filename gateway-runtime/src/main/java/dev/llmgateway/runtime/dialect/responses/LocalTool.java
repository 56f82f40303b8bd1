package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.model.Slice;
import java.util.Optional;

/// Tools without a schema of their own that the client runs: other formats know them as functions
/// (translation.md 2.7).
enum LocalTool {
    Shell(
            "shell",
            "shell_call",
            "Runs shell commands and returns what they print.",
            """
            {"type":"object","properties":{"commands":{"type":"array","items":{"type":"string"},\
            "description":"Commands, run one after another"},"timeout_ms":{"type":"integer"}},\
            "required":["commands"]}\
            """),
    LocalShell(
            "local_shell",
            "local_shell_call",
            "Runs a command and returns what it prints.",
            """
            {"type":"object","properties":{"command":{"type":"array","items":{"type":"string"},\
            "description":"Program and arguments"},"workdir":{"type":"string"},\
            "timeout_ms":{"type":"integer"}},"required":["command"]}\
            """),
    ApplyPatch(
            "apply_patch",
            "apply_patch_call",
            "Creates, updates or deletes a file.",
            """
            {"type":"object","properties":{"operation":{"type":"object","properties":{\
            "type":{"type":"string","enum":["create_file","update_file","delete_file"]},\
            "path":{"type":"string"},"diff":{"type":"string","description":"V4A diff; none to \
            delete"}},"required":["type","path"]}},"required":["operation"]}\
            """);

    private final String type;
    private final String call;
    private final String description;
    private final String schema;

    LocalTool(String type, String call, String description, String schema) {
        this.type = type;
        this.call = call;
        this.description = description;
        this.schema = schema;
    }

    /// Type of the declared tool, and name of the function that stands for it.
    String type() {
        return type;
    }

    /// Type of the item that calls it.
    String call() {
        return call;
    }

    Slice description() {
        return Slice.of(description);
    }

    Slice schema() {
        return Slice.of(schema);
    }

    static Optional<LocalTool> declared(String type) {
        for (LocalTool tool : values()) {
            if (tool.type.equals(type)) {
                return Optional.of(tool);
            }
        }
        return Optional.empty();
    }

    /// @param type of a call, or of its output
    static Optional<LocalTool> called(String type) {
        for (LocalTool tool : values()) {
            if (type.equals(tool.call) || type.equals(tool.call + "_output")) {
                return Optional.of(tool);
            }
        }
        return Optional.empty();
    }
}
