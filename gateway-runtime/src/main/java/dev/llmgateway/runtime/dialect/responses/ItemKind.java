package dev.llmgateway.runtime.dialect.responses;

/// What an item of an output is.
enum ItemKind {
    Message("message", "msg_"),
    Reasoning("reasoning", "rs_"),
    Function("function_call", "fc_"),
    Custom("custom_tool_call", "ctc_"),
    Shell("shell_call", "sh_"),
    LocalShell("local_shell_call", "lsh_"),
    ApplyPatch("apply_patch_call", "apc_"),
    WebSearch("web_search_call", "ws_");

    private final String type;
    private final String prefix;

    ItemKind(String type, String prefix) {
        this.type = type;
        this.prefix = prefix;
    }

    String type() {
        return type;
    }

    /// Of its id.
    String prefix() {
        return prefix;
    }

    static ItemKind of(DeclaredTool.Form form) {
        return switch (form) {
            case Function -> Function;
            case Custom -> Custom;
            case Shell -> Shell;
            case LocalShell -> LocalShell;
            case ApplyPatch -> ApplyPatch;
        };
    }
}
