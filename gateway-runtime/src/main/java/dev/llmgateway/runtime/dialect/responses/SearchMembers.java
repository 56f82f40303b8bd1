package dev.llmgateway.runtime.dialect.responses;

import dev.llmgateway.runtime.dialect.chat.BodyReader;
import dev.llmgateway.runtime.dialect.chat.FieldPath;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;

/// Members of a `web_search` tool.
final class SearchMembers {
    private final BodyReader body;
    private final JsonCursor json;
    private Slice allowedDomains = Slice.EMPTY;
    private Slice blockedDomains = Slice.EMPTY;
    private Slice userLocation = Slice.EMPTY;
    private boolean allowed = true;

    SearchMembers(BodyReader body) {
        this.body = body;
        this.json = body.json();
    }

    /// @return whether the member is a search tool's; its value was read then
    boolean member(String name, FieldPath field) {
        FieldPath here = field.member(name);
        switch (name) {
            case "filters" -> filters(here);
            case "user_location" -> userLocation = location(here);
            case "external_web_access" -> allowed = body.flag(here, true);
            // How much is read, and of what kind, has no counterpart.
            case "search_context_size", "search_content_types" -> json.skip();
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Whether it may look outside; a search that may not finds nothing.
    boolean allowed() {
        return allowed;
    }

    Tool tool() {
        return new Tool.WebSearch(
                "web_search", allowedDomains, blockedDomains, userLocation, Slice.EMPTY);
    }

    private void filters(FieldPath field) {
        if (body.object(field)) {
            while (json.member()) {
                switch (json.key()) {
                    case "allowed_domains" -> allowedDomains = said();
                    case "blocked_domains" -> blockedDomains = said();
                    default -> body.unknown(field);
                }
            }
        }
    }

    private Slice said() {
        Slice value = json.value();
        return value.is("null") || value.is("[]") ? Slice.EMPTY : value;
    }

    private Slice location(FieldPath field) {
        if (!body.object(field)) {
            return Slice.EMPTY;
        }
        JsonBytes flat = new JsonBytes();
        flat.objectStart().member("type", "approximate");
        while (json.member()) {
            String name = json.key();
            switch (name) {
                case "type" -> json.skip();
                case "city", "country", "region", "timezone" -> {
                    if (json.isNull()) {
                        json.skip();
                    } else {
                        flat.name(name).json(json.value());
                    }
                }
                default -> body.unknown(field);
            }
        }
        return flat.objectEnd().slice().copy();
    }
}
