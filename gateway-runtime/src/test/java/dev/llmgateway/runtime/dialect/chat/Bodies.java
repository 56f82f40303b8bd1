package dev.llmgateway.runtime.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Turn;
import java.util.List;

/// Bodies of Chat clients for tests, written with single quotes instead of double ones, and what is
/// read from them.
final class Bodies {
    static final String HELLO = "'messages':[{'role':'user','content':'hello'}]";

    private Bodies() {}

    static Slice json(String text) {
        return Slice.of(text.replace('\'', '"'));
    }

    /// A body with top-level members beside one message.
    static ChatRequest with(String members) {
        return silently("{" + HELLO + "," + members + "}");
    }

    /// What a body is read as, when nothing of it is lost.
    static ChatRequest silently(String body) {
        Notes notes = new Notes(false);
        ChatRequest request = ChatRequests.read(json(body), notes);
        assertThat(notes.all()).isEmpty();
        return request;
    }

    /// What is noted when a body is read.
    static List<String> notes(String body) {
        Notes notes = new Notes(false);
        ChatRequests.read(json(body), notes);
        return notes.all();
    }

    /// Turns of a body that has only these messages.
    static List<Turn> turns(String... messages) {
        return conversation(messages).turns();
    }

    static ChatRequest conversation(String... messages) {
        return silently("{'messages':[" + String.join(",", messages) + "]}");
    }

    /// The parts of one user's message with this content.
    static List<Part> content(String content) {
        return turns("{'role':'user','content':" + content + "}").getFirst().parts();
    }

    /// Field and message of a refusal.
    static String refused(String body) {
        Refusal refusal =
                catchThrowableOfType(
                        Refusal.class, () -> ChatRequests.read(json(body), new Notes(false)));
        assertThat(refusal).as("nothing refused in %s", body).isNotNull();
        return refusal.error().param() + ": " + refusal.getMessage();
    }

    /// The field a message of this text is refused for.
    static String refusedMessage(String message) {
        return refused("{'messages':[" + message + "]}").replaceFirst(": .*", "");
    }

    static Part.Text text(String escaped) {
        return new Part.Text(Slice.of(escaped), CacheMark.None);
    }

    static Part.Text text(String escaped, CacheMark mark) {
        return new Part.Text(Slice.of(escaped), mark);
    }
}
