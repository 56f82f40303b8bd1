package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.BodyReader;
import dev.llmgateway.runtime.dialect.chat.FieldPath;

/// A list of tools: `tools`, or those that an input item brings.
final class ToolsReader {
    private ToolsReader() {}

    static void read(BodyReader body, FieldPath field, Tools to) {
        if (body.list(field)) {
            for (int i = 0; body.json().element(); i++) {
                new ToolReader(body, field.element(i)).read("", to);
            }
        }
    }
}
