package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.chat.BodyReader;
import dev.llmgateway.runtime.dialect.chat.FieldPath;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the body of a client of Responses (translation.md 2.3).
final class ResponsesRequests {
    private final BodyReader body;
    private final JsonCursor json;
    private final Notes notes;
    private final List<Extra> extras = new ArrayList<>();
    private final SettingsReader settings;
    private final Tools tools = new Tools();
    private @Nullable InputReader input;
    private ToolChoice choice = new ToolChoice.Unsaid();
    private boolean parallel = true;
    private String model = "";
    private boolean stream;
    private Slice instructions = Slice.EMPTY;
    private String user = "";
    private String safetyIdentifier = "";
    private Slice sessionKey = Slice.EMPTY;
    private String serviceTier = "";
    private Slice maxCalls = Slice.EMPTY;
    private boolean longCache;

    private ResponsesRequests(Slice text, Notes notes, CacheMark breakpoint) {
        this.body = new BodyReader(text, notes, breakpoint);
        this.json = body.json();
        this.notes = notes;
        this.settings = new SettingsReader(body, extras);
    }

    /// @param body one valid JSON object; the request's slices are views of it
    /// @throws Refusal when it makes no sense in its own format
    static ChatRequest read(Slice body, Notes notes) {
        try {
            ResponsesRequests first = new ResponsesRequests(body, notes, CacheMark.Usual);
            ChatRequest request = first.request();
            // How long breakpoints last is said once for all of them, often behind them.
            return first.longCache && first.body.breakpointSeen()
                    ? new ResponsesRequests(body, notes, CacheMark.Long).request()
                    : request;
        } catch (MalformedJson malformed) {
            throw new Refusal("", "the body is no JSON: " + malformed.getMessage());
        }
    }

    private ChatRequest request() {
        json.object();
        while (json.member()) {
            String name = json.key();
            if (!member(name) && !settings.member(name) && !who(name)) {
                extra(name);
            }
        }
        if (input == null) {
            throw new Refusal("input", "input must be a string or a list of items");
        }
        notes.input(input.items());
        return new ChatRequest(
                WireFormat.Responses,
                model,
                stream,
                true,
                system(input),
                input.turns(),
                limited(),
                choice,
                parallel,
                settings.sampling(),
                settings.format(),
                settings.reasoning(input.effort()),
                safetyIdentifier.isEmpty() ? user : safetyIdentifier,
                sessionKey,
                serviceTier,
                CacheMark.None,
                extras);
    }

    private boolean member(String name) {
        FieldPath field = FieldPath.top(name);
        switch (name) {
            case "model" -> model = body.text(field);
            case "input" -> input = new InputReader(body, tools).read();
            case "instructions" -> instructions = body.string(field);
            case "stream" -> stream = body.flag(field, false);
            case "tools" -> ToolsReader.read(body, field, tools);
            case "tool_choice" -> choice = new ChoiceReader(body, field).read();
            case "parallel_tool_calls" -> parallel = body.flag(field, true);
            case "max_tool_calls" -> maxCalls = body.number(field);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean who(String name) {
        FieldPath field = FieldPath.top(name);
        switch (name) {
            case "user" -> user = body.text(field);
            case "safety_identifier" -> safetyIdentifier = body.text(field);
            case "prompt_cache_key" -> sessionKey = body.string(field);
            case "service_tier" -> serviceTier = body.text(field);
            case "prompt_cache_options" -> cacheOptions(field);
            // Of the stream's noise, and what Codex notes for itself.
            case "stream_options", "client_metadata" -> json.skip();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void cacheOptions(FieldPath field) {
        int mark = json.mark();
        if (body.object(field)) {
            while (json.member()) {
                if (json.key().equals("ttl")) {
                    longCache |= BodyReader.isLong(json.text());
                } else {
                    json.skip();
                }
            }
        }
        extras.add(new Extra("prompt_cache_options", json.since(mark)));
    }

    private void extra(String name) {
        Slice value = json.value();
        if (name.equals("prompt_cache_retention")) {
            longCache |= value.is("\"24h\"");
        }
        if (name.equals("include")) {
            Include.read(value, extras);
        } else if (!RequestExtras.done(name, value, body)) {
            extras.add(new Extra(name, value));
        }
    }

    private List<Part.Text> system(InputReader read) {
        List<Part.Text> system = new ArrayList<>();
        if (!instructions.isBlank()) {
            system.add(new Part.Text(instructions, CacheMark.None));
        }
        system.addAll(read.system());
        return system;
    }

    /// Of the tools whose calls are counted by OpenAI, searching is the one that others have too.
    private List<Tool> limited() {
        if (maxCalls.isEmpty()) {
            return tools.all();
        }
        List<Tool> limited = new ArrayList<>();
        boolean search = false;
        for (Tool tool : tools.all()) {
            if (tool instanceof Tool.WebSearch(var name, var allowed, var blocked, var place, _)) {
                search = true;
                limited.add(new Tool.WebSearch(name, allowed, blocked, place, maxCalls));
            } else {
                limited.add(tool);
            }
        }
        if (!search) {
            extras.add(new Extra("max_tool_calls", maxCalls));
        }
        return limited;
    }
}
