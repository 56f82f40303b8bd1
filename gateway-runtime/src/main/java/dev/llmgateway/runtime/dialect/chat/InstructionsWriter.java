package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.Part;
import java.util.ArrayList;
import java.util.List;

/// Messages of instructions: those that lead a conversation, and those in its middle.
final class InstructionsWriter {
    private InstructionsWriter() {}

    static void leading(List<Part.Text> system, RequestOutput to) {
        List<Part.Text> texts =
                to.target().anthropicVendor() ? system : BillingLine.without(system);
        if (!texts.isEmpty()) {
            message(to.target().entry().developerRole() ? "developer" : "system", texts, to);
        }
    }

    /// @param message index of the turn
    static void inTheMiddle(List<Part> parts, int message, RequestOutput to) {
        List<Part.Text> texts = texts(parts, message, to);
        if (texts.isEmpty()) {
            return;
        }
        switch (to.target().entry().midSystem()) {
            case "Reminder" -> reminder(texts, to);
            case "Developer" -> message("developer", texts, to);
            case "Native" ->
                    message(
                            to.target().entry().developerRole() ? "developer" : "system",
                            texts,
                            to);
            default -> message("system", texts, to);
        }
    }

    private static List<Part.Text> texts(List<Part> parts, int message, RequestOutput to) {
        List<Part.Text> texts = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Part.Text text) {
                texts.add(text);
            } else {
                to.notes()
                        .lost(Place.of(parts, message, i, to).path(), "instructions are text only");
            }
        }
        return texts;
    }

    private static void message(String role, List<Part.Text> texts, RequestOutput to) {
        JsonBytes json = to.json().objectStart().member("role", role);
        boolean marked = false;
        for (Part.Text text : texts) {
            marked |= to.marks(text.cache());
        }
        if (marked) {
            parts(texts, to);
        } else {
            to.quote("content");
            joined(texts, json);
            to.endQuote();
        }
        json.objectEnd();
    }

    /// One part for each marked prefix, with the same text in all as if it were one.
    private static void parts(List<Part.Text> texts, RequestOutput to) {
        JsonBytes json = to.json().name("content").arrayStart();
        int from = 0;
        for (int i = 0; i < texts.size(); i++) {
            CacheMark mark = texts.get(i).cache();
            if (to.marks(mark) || i == texts.size() - 1) {
                json.objectStart().member("type", "text");
                to.quote("text");
                if (from > 0) {
                    json.ascii("\\n\\n");
                }
                joined(texts.subList(from, i + 1), json);
                to.endQuote();
                to.mark(mark);
                json.objectEnd();
                from = i + 1;
            }
        }
        json.arrayEnd();
    }

    private static void joined(List<Part.Text> texts, JsonBytes json) {
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) {
                json.ascii("\\n\\n");
            }
            json.raw(texts.get(i).text());
        }
    }

    /// For upstreams that take instructions at the beginning only.
    private static void reminder(List<Part.Text> texts, RequestOutput to) {
        JsonBytes json = to.json().objectStart().member("role", "user");
        to.quote("content").ascii("<system-reminder>");
        joined(texts, json);
        json.ascii("</system-reminder>");
        to.endQuote();
        json.objectEnd();
    }
}
