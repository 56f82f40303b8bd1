package dev.llmgateway.runtime.exchange;

import dev.llmgateway.runtime.dialect.json.Span;
import dev.llmgateway.runtime.dialect.translation.Conversation;
import java.util.List;

/// What is left out of a client's request when an upstream is asked again.
///
/// @param reasoning that of earlier turns
/// @param spans where it stands in a body that passes as it is, ascending; none for a translation
record Omission(boolean reasoning, List<Span> spans) {
    static final Omission NONE = new Omission(false, List.of());

    private static final List<String> LOSSES =
            List.of("input.reasoning=" + Conversation.REASONING_LEFT_OUT);

    /// What a client whose body passes is told of it; a translation tells by itself.
    List<String> losses() {
        return spans.isEmpty() ? List.of() : LOSSES;
    }
}
