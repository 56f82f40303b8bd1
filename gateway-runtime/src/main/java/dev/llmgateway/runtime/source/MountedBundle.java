package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.plan.IndexedPart;
import dev.llmgateway.crds.plan.PartContent;
import dev.llmgateway.crds.plan.PartName;
import dev.llmgateway.crds.plan.PlanIndex;
import dev.llmgateway.crds.plan.PlanPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A bundle as volumes: `<directory>/<object>/<data key>`, whether each object is a volume of its
/// own or all are projected into one. A kubelet swaps the `..data` link above the files, so nothing
/// is kept open and every look starts from the directory.
///
/// @param gateway name of the GatewayConfig
record MountedBundle(Path directory, String gateway) implements BundleSource {
    @Override
    public Optional<String> index() throws IOException {
        Path file = directory.resolve(PartName.indexObject(gateway)).resolve(PlanIndex.DATA_KEY);
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    @Override
    public Map<IndexedPart, PlanPart> parts(Collection<IndexedPart> wanted) throws IOException {
        Map<IndexedPart, PlanPart> read = new LinkedHashMap<>();
        for (IndexedPart part : wanted) {
            Path folder = directory.resolve(part.name().object(gateway));
            String key =
                    Files.exists(folder.resolve(PartContent.GZIP_KEY))
                            ? PartContent.GZIP_KEY
                            : PartContent.PLAIN_KEY;
            read.put(part, PartContent.read(part, key, content(part, folder.resolve(key))));
        }
        return read;
    }

    private static byte[] content(IndexedPart part, Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException _) {
            throw new IOException("part " + part.name() + " is not mounted");
        }
    }
}
