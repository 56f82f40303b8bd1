package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Turn;
import java.util.List;

/// The member `messages`.
final class ConversationWriter {
    private ConversationWriter() {}

    static void write(ChatRequest request, RequestOutput to) {
        checkPrefill(request, to);
        JsonBytes json = to.json().name("messages").arrayStart();
        InstructionsWriter.leading(request.system(), to);
        List<Turn> turns = request.turns();
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            switch (turn.role()) {
                case System -> InstructionsWriter.inTheMiddle(turn.parts(), i, to);
                case User -> UserTurnWriter.write(turn.parts(), i, to);
                case Assistant -> AssistantTurnWriter.write(turn.parts(), i, to);
            }
        }
        json.arrayEnd();
    }

    /// A reply that Anthropic's models would go on with; OpenAI's own clients mean no such thing by
    /// an assistant message at the end.
    private static void checkPrefill(ChatRequest request, RequestOutput to) {
        int last = request.turns().size() - 1;
        if (request.source() != WireFormat.Messages
                || last < 0
                || request.turns().get(last).role() != Role.Assistant) {
            return;
        }
        String field = Place.message(request.turns().get(last).parts(), last, to);
        if (!to.target().entry().prefill()) {
            throw new Refusal(
                    field,
                    field
                            + ": this model does not continue an assistant message; end the"
                            + " conversation with a user message");
        }
        to.notes().lost(field, "prefill may not be continued");
    }
}
