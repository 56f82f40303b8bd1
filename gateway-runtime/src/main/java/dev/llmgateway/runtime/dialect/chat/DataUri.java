package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.Slice;
import java.util.Locale;

/// URLs of images and files, read without decoding what they carry: only the part before the first
/// comma is looked at, which may hold escapes such as `\/`.
public final class DataUri {
    /// Bytes in which a scheme, or all before a data URI's comma, has to end.
    private static final int MOST_HEAD = 512;

    private DataUri() {}

    /// Lower-case; empty: it has none.
    public static String scheme(Slice url) {
        int colon = indexOf(url, ':');
        return colon < 0 ? "" : lower(url.part(0, colon));
    }

    /// What `data:<type>;<parameters>;base64,<data>` carries.
    public static Media.Base64 read(Slice url, FieldPath field) {
        int comma = indexOf(url, ',');
        if (comma < 0) {
            throw BodyReader.refusal(field, "must have a comma between media type and data");
        }
        String head = lower(url.part(0, comma)).substring("data:".length());
        if (!head.endsWith(";base64")) {
            throw BodyReader.refusal(field, "must be encoded in base64, as data:<type>;base64,...");
        }
        int end = head.indexOf(';');
        String type = head.substring(0, end).strip();
        if (type.isEmpty()) {
            throw BodyReader.refusal(field, "must name its media type, as data:<type>;base64,...");
        }
        return new Media.Base64(
                type.equals("image/jpg") ? "image/jpeg" : type, url.part(comma + 1, url.length()));
    }

    /// What a URL of an image or a document leads to.
    public static Media media(Slice url, FieldPath field) {
        return switch (scheme(url)) {
            case "data" -> read(url, field);
            case "http", "https" -> new Media.Url(url);
            default -> throw BodyReader.refusal(field, "must be an http, https or data URL");
        };
    }

    private static String lower(Slice escaped) {
        return JsonCursor.decoded(escaped).toLowerCase(Locale.ROOT);
    }

    private static int indexOf(Slice text, char wanted) {
        for (int i = 0; i < Math.min(text.length(), MOST_HEAD); i++) {
            if (text.at(i) == wanted) {
                return i;
            }
        }
        return -1;
    }
}
