package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.BillingLine;
import dev.llmgateway.runtime.dialect.chat.CacheTime;
import dev.llmgateway.runtime.dialect.chat.RequestOutput;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Part;
import java.util.List;

/// Writes the body an upstream of Responses is asked with (translation.md 2.3).
final class ResponsesRequestWriter {
    private ResponsesRequestWriter() {}

    /// @param request its conversation is in order, its names and ids are legal
    /// @param out the body is added to it
    static void write(ChatRequest request, Target target, Notes notes, JsonBytes out) {
        RequestOutput to = new RequestOutput(target, notes, out, new JsonBytes(), new CacheTime());
        out.objectStart().member("model", target.model());
        instructions(request.system(), to);
        new InputWriter(request, to).write();
        new ToolsWriter(request, to).write();
        SettingsWriter.write(request, to);
        to.cacheTime().write(out);
        ExtrasWriter.write(request, to);
        out.member("store", false);
        Include.write(request, target, out);
        out.objectEnd();
    }

    private static void instructions(List<Part.Text> system, RequestOutput to) {
        List<Part.Text> texts = BillingLine.without(system);
        if (texts.isEmpty()) {
            return;
        }
        to.quote("instructions");
        for (int i = 0; i < texts.size(); i++) {
            to.json().ascii(i == 0 ? "" : "\\n\\n").raw(texts.get(i).text());
        }
        to.endQuote();
    }
}
