package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.Part;
import java.util.List;

/// Where a part stands in the client's request; becomes text only when something is to be said of
/// it.
///
/// @param part which the client's own message is looked up by
/// @param turn its place in the ordered conversation, for parts that are no client's
/// @param inner index inside the part's own content; [#NONE]: the part itself
public record Place(Notes notes, Part part, int turn, int block, int inner) {
    public static final int NONE = -1;

    public static Place of(List<Part> parts, int turn, int block, RequestOutput to) {
        return new Place(to.notes(), parts.get(block), turn, block, NONE);
    }

    /// Path of the message that a turn's last part stands in, such as `messages[2]`.
    public static String message(List<Part> parts, int turn, RequestOutput to) {
        String path = parts.isEmpty() ? "" : to.notes().place(parts.getLast());
        return path.isEmpty() ? "messages[" + turn + "]" : path.substring(0, path.indexOf('.'));
    }

    public Place inside(int index) {
        return new Place(notes, part, turn, block, index);
    }

    /// Of a file that is stored at a provider.
    public Refusal notPortable() {
        return new Refusal(
                path(),
                path()
                        + ": a file stored at another provider cannot be read by this one; send"
                        + " its content");
    }

    /// A path such as `messages[2].content[0]`.
    public String path() {
        String clients = notes.place(part);
        String path = clients.isEmpty() ? "messages[" + turn + "].content[" + block + "]" : clients;
        return inner == NONE ? path : path + ".content[" + inner + "]";
    }
}
