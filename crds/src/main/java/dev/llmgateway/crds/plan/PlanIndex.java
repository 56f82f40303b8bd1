package dev.llmgateway.crds.plan;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The content of the ConfigMap `<gateway>-plan`: the revision and the parts that make it up. Pods
/// watch this one object.
///
/// @param parts sorted, at most one of each slot
/// @param allowEmpty what this revision has none of on purpose
/// @param readyPods pods of the gateway that were ready when this was written, among which local
///   limits are divided; 0: not known. It may change within a revision
/// @param renderedAtMillis when the revision was made, epoch milliseconds
public record PlanIndex(
        Revision revision,
        List<IndexedPart> parts,
        SortedSet<Emptiable> allowEmpty,
        int readyPods,
        long renderedAtMillis) {
    /// Data key of the ConfigMap.
    public static final String DATA_KEY = "index.json";

    /// Before the first revision.
    public static final PlanIndex NONE =
            new PlanIndex(Revision.NONE, List.of(), Collections.emptySortedSet(), 0, 0);

    private static final Envelope<Document> INDEX = new Envelope<>("index", Document.class);

    public PlanIndex {
        parts = parts.stream().sorted().toList();
        long slots =
                parts.stream().map(part -> part.kind().text() + part.slot()).distinct().count();
        if (slots < parts.size()) {
            throw new IllegalArgumentException("a slot is named twice");
        }
        allowEmpty = Collections.unmodifiableSortedSet(new TreeSet<>(allowEmpty));
    }

    private record Document(
            Revision revision,
            String digest,
            List<IndexedPart> parts,
            SortedSet<Emptiable> allowEmpty,
            int readyPods,
            long renderedAtMillis) {}

    /// The live part of a slot.
    public Optional<IndexedPart> part(PartKind kind, int slot) {
        return parts.stream().filter(part -> part.sameSlot(kind, slot)).findFirst();
    }

    /// Names everything the revision consists of; pods and times are not part of it.
    public String digest() {
        String text =
                revision
                        + "\n"
                        + parts.stream().map(PlanIndex::line).collect(Collectors.joining())
                        + allowEmpty;
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String line(IndexedPart part) {
        return part.name() + " " + part.sha256() + " " + part.bytes() + " " + part.entries() + "\n";
    }

    public String encode() {
        Document document =
                new Document(revision, digest(), parts, allowEmpty, readyPods, renderedAtMillis);
        return new String(INDEX.encode(document), StandardCharsets.UTF_8);
    }

    /// @throws PlanFormatException for anything but one whole index of a format this program reads
    public static PlanIndex decode(String text) throws PlanFormatException {
        Document document = INDEX.decode(text.getBytes(StandardCharsets.UTF_8));
        try {
            PlanIndex index =
                    new PlanIndex(
                            document.revision(),
                            document.parts(),
                            document.allowEmpty(),
                            document.readyPods(),
                            document.renderedAtMillis());
            if (!index.digest().equals(document.digest())) {
                throw new PlanFormatException("unreadable index: its digest does not match");
            }
            return index;
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new PlanFormatException("unreadable index: " + e.getMessage(), e);
        }
    }
}
