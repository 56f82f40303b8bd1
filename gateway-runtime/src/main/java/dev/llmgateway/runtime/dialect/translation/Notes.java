package dev.llmgateway.runtime.dialect.translation;

import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Turn;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a translation leaves out or changes and names to the client: action W of translation.md.
public final class Notes {
    /// Losses named one by one: far more than the header and the log line have room for, and a
    /// bound on what a body full of nonsense costs.
    private static final int MOST = 100;

    /// Characters of a field that are shown.
    private static final int MOST_FIELD = 200;

    private final boolean strict;
    private final Set<String> notes = new LinkedHashSet<>();
    private List<Turn> messages = List.of();
    private boolean items;

    /// @param strict a loss is refused instead of named
    public Notes(boolean strict) {
        this.strict = strict;
    }

    public boolean strict() {
        return strict;
    }

    /// The client's messages as they were read, one turn each, before they are put in order.
    public void messages(List<Turn> read) {
        messages = read;
    }

    /// The same for a client of Responses, whose conversation is a list of items, not of messages;
    /// those that are none of the conversation are turns without parts.
    public void input(List<Turn> read) {
        messages = read;
        items = true;
    }

    /// Where the client has put a part, as `messages[2].content[0]`, however the turns are ordered
    /// by now; empty: it is none of the client's as it came, or its messages are not known.
    @SuppressWarnings("ReferenceEquality") // two parts may be equal
    public String place(Part part) {
        for (int message = 0; message < messages.size(); message++) {
            List<Part> parts = messages.get(message).parts();
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i) == part) {
                    return items
                            ? item(message, i, part)
                            : "messages[" + message + "].content[" + i + "]";
                }
            }
        }
        return "";
    }

    /// Messages have content; other items are what they are.
    private static String item(int item, int index, Part part) {
        boolean whole =
                switch (part) {
                    case Part.ToolCall _, Part.ToolResult _, Part.Thinking _ -> true;
                    case Part.Text _,
                            Part.Refusal _,
                            Part.Image _,
                            Part.Document _,
                            Part.Audio _,
                            Part.RedactedThinking _,
                            Part.SearchResult _,
                            Part.ServerTool _,
                            Part.Other _ ->
                            false;
                };
        String path = "input[" + item + "]";
        return whole ? path : path + ".content[" + index + "]";
    }

    /// Names a loss once.
    ///
    /// @param field path in the client's request; names in it may be anything a client thinks of,
    ///   so what steers headers and logs is shown as `?`
    /// @param reason a few words, ASCII, without `;`
    /// @throws Refusal in strict mode
    public void lost(String field, String reason) {
        String shown = shown(field);
        if (strict) {
            throw new Refusal(shown, "strict translation: " + shown + ": " + reason);
        }
        if (notes.size() < MOST) {
            notes.add(shown + "=" + reason);
        } else {
            notes.add("more=further losses are not named");
        }
    }

    private static String shown(String field) {
        StringBuilder out = new StringBuilder(Math.min(field.length(), MOST_FIELD));
        for (int i = 0; i < Math.min(field.length(), MOST_FIELD); i++) {
            char c = field.charAt(i);
            boolean plain = c >= ' ' && c < 0x7F && c != ';' && c != '=';
            out.append(plain ? c : '?');
        }
        return out.toString();
    }

    /// In the order they were found.
    public List<String> all() {
        return List.copyOf(notes);
    }
}
