package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.model.Media;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Slice;
import java.util.List;
import java.util.Locale;

/// Images and documents with all kinds of sources.
final class MediaReader {
    private final Reading reading;
    private final BlockReader blocks;

    MediaReader(Reading reading, BlockReader blocks) {
        this.reading = reading;
        this.blocks = blocks;
    }

    Part image(Members block) {
        block.drop("transformations");
        return new Part.Image(source(block), CacheControl.of(block, reading));
    }

    Part document(Members block) {
        return new Part.Document(
                source(block),
                block.string("title"),
                block.string("context"),
                citations(block),
                CacheControl.of(block, reading));
    }

    /// Whether the client asked for citations.
    boolean citations(Members block) {
        int here = reading.path().into("citations");
        Members citations = block.object("citations");
        boolean enabled = citations.isTrue("enabled");
        citations.noteRest();
        reading.path().back(here);
        return enabled;
    }

    private Media source(Members block) {
        int here = reading.path().into("source");
        Members source = block.object("source");
        String type = source.needed("type");
        Media media =
                switch (type) {
                    case "base64" ->
                            new Media.Base64(
                                    mediaType(source.needed("media_type")), needed(source, "data"));
                    case "url" -> new Media.Url(needed(source, "url"));
                    case "file" -> new Media.FileId(needed(source, "file_id"));
                    case "text" -> {
                        source.drop("media_type");
                        yield new Media.PlainText(source.string("data"));
                    }
                    case "content" -> new Media.Parts(parts(source));
                    default -> throw reading.path().refusal("type", "no kind of source");
                };
        source.noteRest();
        reading.path().back(here);
        return media;
    }

    private List<Part> parts(Members source) {
        return blocks.content(source, BlockReader.Place.Inner);
    }

    private Slice needed(Members source, String name) {
        Slice value = source.string(name);
        if (value.isEmpty()) {
            throw reading.path().refusal(name, "must be there and not empty");
        }
        return value;
    }

    private static String mediaType(String said) {
        int end = said.indexOf(';');
        return (end < 0 ? said : said.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
