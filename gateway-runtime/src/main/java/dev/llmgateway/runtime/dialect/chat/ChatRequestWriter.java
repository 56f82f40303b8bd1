package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.model.ChatRequest;

/// Writes the body a Chat upstream is asked with (translation.md 2.2).
public final class ChatRequestWriter {
    private ChatRequestWriter() {}

    /// @param request its conversation is in order, its names and ids are legal
    /// @param out the body is added to it
    /// @throws Refusal when something cannot be carried and must not be left out
    public static void write(ChatRequest request, Target target, Notes notes, JsonBytes out) {
        RequestOutput to = new RequestOutput(target, notes, out, new JsonBytes(), new CacheTime());
        out.objectStart().member("model", target.model());
        ConversationWriter.write(request, to);
        ToolsWriter.write(request, to);
        SamplingWriter.write(request, to);
        SettingsWriter.write(request, to);
        to.cacheTime().write(out);
        ExtrasWriter.write(request, to);
        out.objectEnd();
    }

    /// Whether the upstream is not told the stop sequences, since its model takes none, so that the
    /// reply has to be cut here (2.8).
    public static boolean emulatesStop(ChatRequest request, Target target) {
        return !target.entry().stop() && !request.sampling().stop().isEmpty();
    }
}
