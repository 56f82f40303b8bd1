package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;

/// The provider's own search: `web_search_options`, or a tool of another format.
final class SearchReader {
    private static final String NAME = "web_search";

    private final BodyReader body;
    private final JsonCursor json;
    private Slice allowedDomains = Slice.EMPTY;
    private Slice blockedDomains = Slice.EMPTY;
    private Slice userLocation = Slice.EMPTY;
    private Slice maxUses = Slice.EMPTY;

    SearchReader(BodyReader body) {
        this.body = body;
        this.json = body.json();
    }

    /// @return whether the member is a search tool's; its value was read then
    boolean member(String name) {
        switch (name) {
            case "allowed_domains" -> allowedDomains = value();
            case "blocked_domains" -> blockedDomains = value();
            case "user_location" -> userLocation = location(FieldPath.top("user_location"));
            case "max_uses" -> maxUses = value();
            // How much the search reads has no counterpart.
            case "search_context_size" -> json.skip();
            default -> {
                return false;
            }
        }
        return true;
    }

    /// `web_search_options`.
    Tool options(FieldPath field) {
        if (body.object(field)) {
            while (json.member()) {
                if (!member(json.key())) {
                    body.unknown(field);
                }
            }
        }
        return tool();
    }

    Tool tool() {
        return new Tool.WebSearch(NAME, allowedDomains, blockedDomains, userLocation, maxUses);
    }

    private Slice value() {
        Slice value = json.value();
        return value.is("null") ? Slice.EMPTY : value;
    }

    /// Chat puts the place into `approximate`, the others beside the type.
    private Slice location(FieldPath field) {
        if (!body.object(field)) {
            return Slice.EMPTY;
        }
        JsonBytes flat = new JsonBytes();
        flat.objectStart().member("type", "approximate");
        while (json.member()) {
            switch (json.key()) {
                case "approximate" -> {
                    if (body.object(field.member("approximate"))) {
                        while (json.member()) {
                            place(flat);
                        }
                    }
                }
                case "type" -> json.skip();
                default -> place(flat);
            }
        }
        return flat.objectEnd().slice().copy();
    }

    private void place(JsonBytes flat) {
        switch (json.key()) {
            case "city", "country", "region", "timezone" -> {
                String name = json.key();
                if (json.isNull()) {
                    json.skip();
                } else {
                    flat.name(name).json(json.value());
                }
            }
            default -> body.unknown(FieldPath.top("user_location"));
        }
    }
}
