package dev.llmgateway.cli.folder;

import com.fasterxml.jackson.databind.JsonNode;

/// One object of a folder and where it is written.
record FolderObject(String file, YamlDocument document) {
    JsonNode tree() {
        return document.tree();
    }

    String namespace() {
        return document.namespace();
    }

    String name() {
        return document.metadata("name");
    }
}
