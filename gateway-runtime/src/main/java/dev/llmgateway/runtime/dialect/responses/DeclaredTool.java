package dev.llmgateway.runtime.dialect.responses;

/// How the client declared a tool whose name or form is another in the hub.
///
/// @param namespace empty: none
/// @param name inside its namespace
record DeclaredTool(String namespace, String name, Form form) {
    enum Form {
        Function,
        Custom,
        Shell,
        LocalShell,
        ApplyPatch
    }

    static DeclaredTool of(LocalTool tool) {
        Form form =
                switch (tool) {
                    case Shell -> Form.Shell;
                    case LocalShell -> Form.LocalShell;
                    case ApplyPatch -> Form.ApplyPatch;
                };
        return new DeclaredTool("", tool.type(), form);
    }

    /// The one name that other formats know a tool of a namespace by.
    static String flat(String namespace, String name) {
        return namespace.isEmpty() ? name : namespace + "__" + name;
    }
}
