package dev.llmgateway.runtime.model;

import dev.llmgateway.crds.plan.WireFormat;
import java.util.List;

/// One request for a reply in the terms of all formats. Slices are views of the client's body.
///
/// @param source format it came in
/// @param model name the client asked for
/// @param includeUsage a stream's last chunk is to tell usage (Chat's `stream_options`; the other
///   formats always tell it)
/// @param system leading instructions, never empty texts
/// @param turns may be in any order the client thought of; see `dialect.translation.Conversation`
/// @param parallelToolCalls false: at most one call a turn
/// @param user end user's id; empty: none
/// @param sessionKey `prompt_cache_key`, escaped; empty: none
/// @param serviceTier as the source spells it; empty: not said
/// @param cache top-level `cache_control` (Messages)
/// @param extras members without a place here, in the order they came
public record ChatRequest(
        WireFormat source,
        String model,
        boolean stream,
        boolean includeUsage,
        List<Part.Text> system,
        List<Turn> turns,
        List<Tool> tools,
        ToolChoice toolChoice,
        boolean parallelToolCalls,
        Sampling sampling,
        OutputFormat output,
        Reasoning reasoning,
        String user,
        Slice sessionKey,
        String serviceTier,
        CacheMark cache,
        List<Extra> extras) {
    public ChatRequest {
        system = List.copyOf(system);
        turns = List.copyOf(turns);
        tools = List.copyOf(tools);
        extras = List.copyOf(extras);
    }

    /// The same, streamed.
    public ChatRequest streaming() {
        return new ChatRequest(
                source,
                model,
                true,
                includeUsage,
                system,
                turns,
                tools,
                toolChoice,
                parallelToolCalls,
                sampling,
                output,
                reasoning,
                user,
                sessionKey,
                serviceTier,
                cache,
                extras);
    }

    public ChatRequest withTurns(List<Turn> others) {
        return new ChatRequest(
                source,
                model,
                stream,
                includeUsage,
                system,
                others,
                tools,
                toolChoice,
                parallelToolCalls,
                sampling,
                output,
                reasoning,
                user,
                sessionKey,
                serviceTier,
                cache,
                extras);
    }

    /// Prompts stay out of logs.
    @Override
    public String toString() {
        return "ChatRequest[" + source + ", " + model + ", " + turns.size() + " turns]";
    }
}
