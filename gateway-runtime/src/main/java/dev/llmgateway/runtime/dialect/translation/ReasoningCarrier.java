package dev.llmgateway.runtime.dialect.translation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonEscapes;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.dialect.json.MalformedJson;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One vendor's sealed thoughts in the place where another vendor's clients keep theirs, so that
/// they come back without anything being stored (translation.md 3.5): a prefix, and base64url of a
/// JSON list that starts with the account's tag and the model. What comes back is a client's, which
/// may have written anything: what makes no sense is no carrier.
///
/// @param account tag of the account that answered
/// @param model that answered
/// @param values what was sealed, JSON values
public record ReasoningCarrier(String account, String model, List<Slice> values) {
    /// Anthropic's thoughts, for clients of Responses: one list of `{"t":text,"s":signature}` and
    /// `{"d":data}`.
    public static final String THOUGHTS = "gwA1.";

    /// OpenAI's reasoning items, for clients of Messages: the item's id, its encrypted content or
    /// null, and where its summary has several parts, their lengths (docs/decisions/130).
    public static final String REASONING = "gwO1.";

    private static final Pattern TAGGED = Pattern.compile("\\[\"([0-9a-f]{8})\"");

    /// Characters of a carrier in which the account's tag stands whole.
    private static final int START = 16;

    public ReasoningCarrier {
        values = List.copyOf(values);
    }

    /// Whether a signature or an encrypted content is one.
    public static boolean is(String prefix, Slice text) {
        return text.startsWith(prefix.getBytes(US_ASCII));
    }

    /// Adds a carrier's text, which needs no escapes.
    public static void write(String prefix, Origin origin, List<Slice> values, JsonBytes out) {
        JsonBytes json = new JsonBytes();
        json.arrayStart().value(origin.account()).value(origin.model());
        values.forEach(json::json);
        json.arrayEnd();
        Slice list = json.slice();
        byte[] exact = Arrays.copyOfRange(list.bytes(), list.from(), list.to());
        out.ascii(prefix).raw(Base64.getUrlEncoder().withoutPadding().encode(exact));
    }

    /// @param text escaped
    public static Optional<ReasoningCarrier> read(String prefix, Slice text) {
        if (!is(prefix, text)) {
            return Optional.empty();
        }
        try {
            Slice encoded = text.part(prefix.length(), text.length()).copy();
            byte[] json = Base64.getUrlDecoder().decode(encoded.bytes());
            return list(JsonCursor.of(Slice.whole(json)));
        } catch (IllegalArgumentException | MalformedJson _) {
            return Optional.empty();
        }
    }

    /// Tag of the account that has sealed the last carrier in a request, which need not be one;
    /// empty: there is none.
    ///
    /// @param body JSON
    public static String lastAccount(String prefix, Slice body) {
        byte[] opening = ('"' + prefix).getBytes(US_ASCII);
        for (int at = body.length() - opening.length - START; at >= 0; at--) {
            if (body.at(at) == '"' && body.part(at, body.length()).startsWith(opening)) {
                int from = at + opening.length;
                return tag(body.part(from, from + START).copy().bytes());
            }
        }
        return "";
    }

    private static String tag(byte[] start) {
        try {
            String list = new String(Base64.getUrlDecoder().decode(start), US_ASCII);
            Matcher tag = TAGGED.matcher(list);
            return tag.lookingAt() ? tag.group(1) : "";
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static Optional<ReasoningCarrier> list(JsonCursor json) {
        List<Slice> values = new ArrayList<>();
        if (json.kind() != JsonKind.Array) {
            return Optional.empty();
        }
        json.array();
        while (json.element()) {
            values.add(json.value());
        }
        json.end();
        if (values.size() < 3) {
            return Optional.empty();
        }
        return Optional.of(
                new ReasoningCarrier(
                        text(values.get(0)),
                        text(values.get(1)),
                        values.subList(2, values.size())));
    }

    private static String text(Slice value) {
        return JsonCursor.of(value).text();
    }

    /// A JSON value as it was sealed, without blanks.
    public static Slice compact(Slice value) {
        JsonBytes out = new JsonBytes();
        JsonEscapes.compact(value, out);
        return out.slice();
    }
}
