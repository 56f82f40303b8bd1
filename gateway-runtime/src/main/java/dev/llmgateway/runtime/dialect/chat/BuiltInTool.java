package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;
import java.util.Optional;

/// Anthropic's tools whose schema its models know by heart and whose calls the client carries out;
/// for other models they are functions like any other (translation.md 2.2).
///
/// @param types starts of the types that mean it
/// @param description English, ours
/// @param schema compact JSON
public record BuiltInTool(List<String> types, String description, Slice schema) {
    private static final BuiltInTool BASH =
            of(
                    List.of("bash_"),
                    "Runs a command in a persistent bash session, or restarts the session.",
                    """
                    {"type":"object","properties":{
                    "command":{"type":"string","description":"Command to run; needed unless restart is true"},
                    "restart":{"type":"boolean","description":"true: start the session anew"}}}\
                    """);

    private static final BuiltInTool OLD_TEXT_EDITOR =
            of(
                    List.of("text_editor_20241022", "text_editor_20250124"),
                    "Views, creates and edits text files, and takes back the last edit.",
                    """
                    {"type":"object","properties":{
                    "command":{"type":"string","enum":["view","create","str_replace","insert","undo_edit"]},
                    "path":{"type":"string","description":"File or directory"},
                    "view_range":{"type":"array","items":{"type":"integer"},"description":"view: first and \
                    last line, from 1; -1: to the end"},
                    "file_text":{"type":"string","description":"create: content of the file"},
                    "old_str":{"type":"string","description":"str_replace: text to replace, must occur once"},
                    "new_str":{"type":"string","description":"str_replace, insert: the new text"},
                    "insert_line":{"type":"integer","description":"insert: line to insert after, 0: at the \
                    start"}},"required":["command","path"]}\
                    """);

    private static final BuiltInTool TEXT_EDITOR =
            of(
                    List.of("text_editor_"),
                    "Views, creates and edits text files.",
                    """
                    {"type":"object","properties":{
                    "command":{"type":"string","enum":["view","create","str_replace","insert"]},
                    "path":{"type":"string","description":"File or directory"},
                    "view_range":{"type":"array","items":{"type":"integer"},"description":"view: first and \
                    last line, from 1; -1: to the end"},
                    "file_text":{"type":"string","description":"create: content of the file"},
                    "old_str":{"type":"string","description":"str_replace: text to replace, must occur once"},
                    "new_str":{"type":"string","description":"str_replace: the new text"},
                    "insert_line":{"type":"integer","description":"insert: line to insert after, 0: at the \
                    start"},
                    "insert_text":{"type":"string","description":"insert: the new text"}},
                    "required":["command","path"]}\
                    """);

    private static final BuiltInTool MEMORY =
            of(
                    List.of("memory_"),
                    "Keeps notes for later conversations in files below /memories.",
                    """
                    {"type":"object","properties":{
                    "command":{"type":"string","enum":["view","create","str_replace","insert","delete",\
                    "rename"]},
                    "path":{"type":"string","description":"File or directory; for all but rename"},
                    "view_range":{"type":"array","items":{"type":"integer"},"description":"view: first and \
                    last line, from 1"},
                    "file_text":{"type":"string","description":"create: content of the file"},
                    "old_str":{"type":"string","description":"str_replace: text to replace, must occur once"},
                    "new_str":{"type":"string","description":"str_replace: the new text"},
                    "insert_line":{"type":"integer","description":"insert: line to insert after, 0: at the \
                    start"},
                    "insert_text":{"type":"string","description":"insert: the new text"},
                    "old_path":{"type":"string","description":"rename: path now"},
                    "new_path":{"type":"string","description":"rename: path then"}},
                    "required":["command"]}\
                    """);

    /// The special stands before the general.
    private static final List<BuiltInTool> ALL =
            List.of(BASH, OLD_TEXT_EDITOR, TEXT_EDITOR, MEMORY);

    private static BuiltInTool of(List<String> types, String description, String schema) {
        JsonBytes compact = new JsonBytes();
        JsonEscapes.compact(Slice.of(schema), compact);
        return new BuiltInTool(types, description, compact.slice().copy());
    }

    /// The first that the type starts like.
    public static Optional<BuiltInTool> of(String type) {
        return ALL.stream()
                .filter(tool -> tool.types.stream().anyMatch(type::startsWith))
                .findFirst();
    }
}
