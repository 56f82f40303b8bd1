package dev.llmgateway.runtime.dialect;

import dev.llmgateway.runtime.dialect.json.JsonText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// `/v1/models` in the one shape that both vendors' clients accept (translation.md 9).
public final class ModelsList {
    private ModelsList() {}

    /// One model a key may call.
    ///
    /// @param displayName empty: the id
    public record Entry(String id, String ownedBy, String displayName, long createdEpochSeconds) {}

    /// Which part of the list is wanted.
    ///
    /// @param limit at most so many; 0: all
    /// @param afterId only what follows it; empty: from the start
    /// @param beforeId only what precedes it, the last `limit` of that; empty: to the end
    public record Page(int limit, String afterId, String beforeId) {
        public static final Page ALL = new Page(0, "", "");

        public Page {
            if (limit < 0) {
                throw new IllegalArgumentException("limit " + limit);
            }
        }

        /// Reads `limit`, `after_id` and `before_id`; a limit that is no positive number asks for
        /// all.
        ///
        /// @param query raw, without `?`
        public static Page of(String query) {
            int limit = 0;
            String afterId = "";
            String beforeId = "";
            for (String parameter : query.split("&", -1)) {
                int equals = parameter.indexOf('=');
                String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
                switch (equals < 0 ? "" : parameter.substring(0, equals)) {
                    case "limit" -> limit = limit(value);
                    case "after_id" -> afterId = value;
                    case "before_id" -> beforeId = value;
                    default -> {}
                }
            }
            return new Page(limit, afterId, beforeId);
        }

        private static int limit(String value) {
            return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
        }

        /// A value with a broken escape stays as it is, and then is no model's id.
        private static String decoded(String value) {
            try {
                return URLDecoder.decode(value, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return value;
            }
        }
    }

    /// An unknown cursor gives an empty page.
    public static String list(List<Entry> entries, Page page) {
        int from = page.afterId().isEmpty() ? 0 : indexAfter(entries, page.afterId());
        int to = page.beforeId().isEmpty() ? entries.size() : indexOf(entries, page.beforeId());
        int first = from;
        int last = Math.max(from, to);
        if (page.limit() > 0 && last - first > page.limit()) {
            if (page.beforeId().isEmpty()) {
                last = first + page.limit();
            } else {
                first = last - page.limit();
            }
        }
        boolean more = page.beforeId().isEmpty() ? last < entries.size() : first > from;
        return render(entries.subList(first, last), more);
    }

    public static String single(Entry entry) {
        String id = JsonText.quoted(entry.id());
        String displayName =
                entry.displayName().isEmpty() ? id : JsonText.quoted(entry.displayName());
        return "{\"id\":"
                + id
                + ",\"object\":\"model\",\"created\":"
                + entry.createdEpochSeconds()
                + ",\"owned_by\":"
                + JsonText.quoted(entry.ownedBy())
                + ",\"type\":\"model\",\"display_name\":"
                + displayName
                + ",\"created_at\":\""
                + Instant.ofEpochSecond(entry.createdEpochSeconds())
                + "\"}";
    }

    private static String render(List<Entry> entries, boolean more) {
        StringBuilder out = new StringBuilder("{\"object\":\"list\",\"data\":[");
        for (int i = 0; i < entries.size(); i++) {
            out.append(i == 0 ? "" : ",").append(single(entries.get(i)));
        }
        return out.append("],\"has_more\":")
                .append(more)
                .append(",\"first_id\":")
                .append(entries.isEmpty() ? "null" : JsonText.quoted(entries.getFirst().id()))
                .append(",\"last_id\":")
                .append(entries.isEmpty() ? "null" : JsonText.quoted(entries.getLast().id()))
                .append('}')
                .toString();
    }

    /// Behind the end when unknown: nothing follows it.
    private static int indexAfter(List<Entry> entries, String id) {
        int index = indexOf(entries, id);
        return index < 0 ? entries.size() : index + 1;
    }

    private static int indexOf(List<Entry> entries, String id) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
