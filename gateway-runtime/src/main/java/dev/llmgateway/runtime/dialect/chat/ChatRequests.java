package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.Sampling;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the body of a client of Chat Completions (translation.md 2.1).
public final class ChatRequests {
    private final BodyReader body;
    private final JsonCursor json;
    private final SamplingReader sampling;
    private final ToolsReader tools;
    private final WishReader wishes;
    private final List<Extra> extras = new ArrayList<>();
    private @Nullable ConversationReader conversation;
    private String model = "";
    private boolean stream;
    private boolean includeUsage;
    private String user = "";
    private String safetyIdentifier = "";
    private String metadataUser = "";
    private Slice sessionKey = Slice.EMPTY;
    private String serviceTier = "";
    private CacheMark cache = CacheMark.None;
    private boolean longCache;

    private ChatRequests(Slice text, Notes notes, CacheMark breakpoint) {
        this.body = new BodyReader(text, notes, breakpoint);
        this.json = body.json();
        this.sampling = new SamplingReader(body);
        this.tools = new ToolsReader(body);
        this.wishes = new WishReader(body);
    }

    /// @param body one valid JSON object; the request's slices are views of it
    /// @throws Refusal when it makes no sense in its own format
    public static ChatRequest read(Slice body, Notes notes) {
        try {
            ChatRequests first = new ChatRequests(body, notes, CacheMark.Usual);
            ChatRequest request = first.request();
            // How long breakpoints last is said once for all of them, often behind them.
            return first.longCache && first.body.breakpointSeen()
                    ? new ChatRequests(body, notes, CacheMark.Long).request()
                    : request;
        } catch (MalformedJson malformed) {
            throw new Refusal("", "the body is no JSON: " + malformed.getMessage());
        }
    }

    private ChatRequest request() {
        json.object();
        while (json.member()) {
            String name = json.key();
            if (!member(name)
                    && !sampling.member(name)
                    && !tools.member(name)
                    && !wishes.member(name)) {
                extra(name);
            }
        }
        if (conversation == null) {
            throw new Refusal("messages", "messages must be a list");
        }
        return new ChatRequest(
                WireFormat.ChatCompletions,
                model,
                stream,
                includeUsage,
                conversation.system(),
                conversation.turns(),
                tools.tools(),
                tools.choice(),
                tools.parallel(),
                sampling.sampling(Sampling.UNSAID),
                wishes.format(),
                wishes.reasoning(),
                endUser(),
                sessionKey,
                serviceTier,
                cache,
                extras);
    }

    private boolean member(String name) {
        FieldPath field = FieldPath.top(name);
        switch (name) {
            case "messages" -> conversation = new ConversationReader(body).read();
            case "model" -> model = body.text(field);
            case "stream" -> stream = body.flag(field, false);
            case "stream_options" -> streamOptions(field);
            case "user" -> user = body.text(field);
            case "safety_identifier" -> safetyIdentifier = body.text(field);
            case "metadata" -> metadata();
            case "prompt_cache_key" -> sessionKey = body.string(field);
            case "prompt_cache_options" -> cacheOptions(field);
            case "service_tier" -> serviceTier = body.text(field);
            case "cache_control" -> cache = body.mark(field);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void streamOptions(FieldPath field) {
        if (body.object(field)) {
            while (json.member()) {
                switch (json.key()) {
                    case "include_usage" ->
                            includeUsage = body.flag(field.member("include_usage"), false);
                    case "include_obfuscation" -> json.skip();
                    default -> body.unknown(field);
                }
            }
        }
    }

    private void metadata() {
        int mark = json.mark();
        if (json.object()) {
            while (json.member()) {
                if (json.key().equals("user_id")) {
                    metadataUser = json.text();
                } else {
                    json.skip();
                }
            }
        }
        extra("metadata", json.since(mark));
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
        extra(field.toString(), json.since(mark));
    }

    private void extra(String name) {
        Slice value = json.value();
        if (name.equals("prompt_cache_retention")) {
            longCache |= value.is("\"24h\"");
        }
        extra(name, value);
    }

    private void extra(String name, Slice value) {
        if (!ChatDefaults.saysNothing(name, value)) {
            extras.add(new Extra(name, value));
        }
    }

    /// Who asks, from the plainest statement to the oldest.
    private String endUser() {
        if (!metadataUser.isEmpty()) {
            return metadataUser;
        }
        return safetyIdentifier.isEmpty() ? user : safetyIdentifier;
    }
}
