package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.translation.Notes;

/// What the readers of one body share.
///
/// @param path where they stand
/// @param spare walks small values, one at a time, none of which calls for another walk
record Reading(Notes notes, FieldPath path, JsonCursor spare) {
    static Reading of(Notes notes) {
        return new Reading(notes, new FieldPath(), new JsonCursor());
    }

    /// Names the loss of a member of where the readers stand.
    void lost(String name, String reason) {
        notes.lost(path.to(name), reason);
    }
}
