package dev.llmgateway.cli.importer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What came of a configuration.
///
/// @param notes fields that have no place, by path, never with their values
record Imported(List<ObjectNode> manifests, List<ObjectNode> secrets, List<String> notes) {
    Imported {
        manifests = List.copyOf(manifests);
        secrets = List.copyOf(secrets);
        notes = List.copyOf(notes);
    }

    /// Names what is there, never a value.
    @Override
    public String toString() {
        return "Imported[" + manifests.size() + " manifests, " + secrets.size() + " secrets]";
    }
}
