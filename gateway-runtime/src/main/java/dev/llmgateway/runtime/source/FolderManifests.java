package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.ReadProblem;
import dev.llmgateway.crds.manifest.ReadResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The documents of a folder's files. A file with a syntax error keeps its last good documents.
final class FolderManifests {
    private final Path folder;
    private final Map<String, ReadResult> good = new TreeMap<>();

    FolderManifests(Path folder) {
        this.folder = folder;
    }

    /// Reads all manifests of a scan.
    Reading read(FolderScan scan) throws IOException {
        List<String> problems = new ArrayList<>();
        Set<String> vanished = new java.util.TreeSet<>(good.keySet());
        for (String name : scan.stamps().keySet()) {
            if (!name.contains("/")) {
                vanished.remove(name);
                read(name, problems);
            }
        }
        vanished.forEach(good::remove);
        return new Reading(together(), problems, List.copyOf(vanished));
    }

    private void read(String name, List<String> problems) throws IOException {
        ReadResult result;
        try {
            result =
                    ManifestReader.read(
                            name, Files.readString(folder.resolve(name), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            problems.add(name + ": vanished while it was read");
            return;
        } catch (java.nio.charset.CharacterCodingException e) {
            problems.add(name + ": not UTF-8; the last good content stays in force");
            return;
        }
        result.problems().stream().map(ReadProblem::toString).forEach(problems::add);
        if (!result.syntaxError()) {
            good.put(name, result);
        } else if (good.containsKey(name)) {
            problems.add(name + ": the last good content of this file stays in force");
        }
    }

    private ManifestSet together() {
        return good.values().stream()
                .map(ReadResult::manifests)
                .reduce(ManifestSet.EMPTY, ManifestSet::merge);
    }

    /// @param problems as `file:document:path: message`
    /// @param vanished files that were there before
    record Reading(ManifestSet manifests, List<String> problems, List<String> vanished) {}
}
