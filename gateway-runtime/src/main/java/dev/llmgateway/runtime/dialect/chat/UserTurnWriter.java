package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;

/// A user's turn: a `tool` message for each result, then all the rest as one `user` message, led by
/// what the results hold that a `tool` message cannot.
final class UserTurnWriter {
    private UserTurnWriter() {}

    static void write(List<Part> parts, int message, RequestOutput to) {
        List<PlacedPart> rest = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Part.ToolResult result) {
                ToolResultText.message(result, Place.of(parts, message, i, to), rest, to);
            }
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!(parts.get(i) instanceof Part.ToolResult)) {
                rest.add(new PlacedPart(parts.get(i), Place.of(parts, message, i, to)));
            }
        }
        if (!rest.isEmpty()) {
            message(rest, to);
        }
    }

    private static void message(List<PlacedPart> parts, RequestOutput to) {
        JsonBytes json = to.json();
        if (parts.size() == 1
                && parts.getFirst().part() instanceof Part.Text text
                && !to.marks(text.cache())) {
            plain(text.text(), json);
            return;
        }
        int start = json.length();
        json.objectStart().member("role", "user").name("content").arrayStart();
        int none = json.length();
        for (PlacedPart part : parts) {
            UserPartWriter.write(part.part(), part.place(), to);
        }
        if (json.length() == none) {
            json.cut(start);
        } else {
            json.arrayEnd().objectEnd();
        }
    }

    static void plain(Slice text, JsonBytes json) {
        json.objectStart().member("role", "user").member("content", text).objectEnd();
    }
}
