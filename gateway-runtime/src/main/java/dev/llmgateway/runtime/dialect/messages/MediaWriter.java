package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.dialect.translation.TextFile;
import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.Locale;
import java.util.Set;

/// Writes images, and the sources of documents.
final class MediaWriter {
    private static final Set<String> IMAGES =
            Set.of("image/jpeg", "image/png", "image/gif", "image/webp");
    private static final String PDF = "application/pdf";

    private final Draft draft;
    private final JsonBytes out;

    MediaWriter(Draft draft) {
        this.draft = draft;
        this.out = draft.out();
    }

    void image(Part.Image image, int turn, int index) {
        out.objectStart().member("type", "image").name("source");
        switch (image.media()) {
            case Media.Base64(String type, Slice data) -> {
                String known = type.equals("image/jpg") ? "image/jpeg" : type;
                if (!IMAGES.contains(known)) {
                    throw refused(
                            turn, index, ".image_url", "images must be JPEG, PNG, GIF or WebP");
                }
                base64(known, data);
            }
            case Media.Url(Slice url) -> url(url, turn, index, ".image_url");
            case Media.FileId _ -> throw fileId(turn, index, ".image_url");
            case Media.PlainText _, Media.Parts _ ->
                    throw refused(turn, index, ".image_url", "an image cannot be text");
        }
        draft.marks().block(image.cache(), out);
        out.objectEnd();
    }

    /// The source; writes nothing when it holds no text.
    void document(Part.Document document, int turn, int index, BlockWriter blocks) {
        switch (document.media()) {
            case Media.Base64(String type, Slice data) -> encoded(type, data, turn, index);
            case Media.Url(Slice url) -> url(url, turn, index, ".file");
            case Media.FileId _ -> throw fileId(turn, index, ".file.file_id");
            case Media.PlainText(Slice text) -> text(text);
            case Media.Parts(var parts) -> {
                source("content");
                blocks.blocks("content", parts, turn, index);
                out.objectEnd();
            }
        }
    }

    /// Base64 without a type is a PDF: that is what OpenAI's clients send bare.
    private void encoded(String type, Slice data, int turn, int index) {
        if (type.isEmpty() || type.equals(PDF)) {
            base64(PDF, data);
        } else if (TextFile.is(type)) {
            text(
                    TextFile.read(data)
                            .orElseThrow(() ->
                                    refused(
                                            turn,
                                            index,
                                            ".file.file_data",
                                            "a text file must be base64 of UTF-8")));
        } else {
            throw refused(turn, index, ".file.file_data", "files must be PDF or text");
        }
    }

    private void text(Slice text) {
        if (!Blanks.isBlank(text)) {
            source("text").member("media_type", "text/plain").member("data", text).objectEnd();
        }
    }

    private void base64(String type, Slice data) {
        source("base64").member("media_type", type).member("data", data).objectEnd();
    }

    private JsonBytes source(String type) {
        return out.objectStart().member("type", type);
    }

    private void url(Slice url, int turn, int index, String member) {
        String start =
                JsonCursor.decoded(url.length() > 64 ? head(url) : url).toLowerCase(Locale.ROOT);
        if (!start.startsWith("http://") && !start.startsWith("https://")) {
            throw refused(turn, index, member, "addresses must start with http:// or https://");
        }
        source("url").member("url", url).objectEnd();
    }

    /// Enough to see the scheme, and no escape cut in two.
    private static Slice head(Slice url) {
        int end = 0;
        while (end < 48) {
            boolean escape = url.at(end) == '\\';
            end += escape ? (url.at(end + 1) == 'u' ? 6 : 2) : 1;
        }
        return url.part(0, end);
    }

    private Refusal fileId(int turn, int index, String member) {
        return refused(
                turn,
                index,
                member,
                "a stored file's id means nothing to this upstream, send its content");
    }

    private Refusal refused(int turn, int index, String member, String message) {
        // Responses has its members flat.
        boolean flat = draft.request().source() == WireFormat.Responses;
        String shown = flat && member.startsWith(".file.") ? member.substring(5) : member;
        return new Refusal(draft.path(turn, index) + shown, message);
    }
}
