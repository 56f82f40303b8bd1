package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.ReadProblem;
import dev.llmgateway.crds.manifest.ReadResult;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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
        for (var file : scan.stamps().entrySet()) {
            String name = file.getKey();
            if (!name.contains("/") && read(name, file.getValue(), problems)) {
                vanished.remove(name);
            }
        }
        vanished.forEach(good::remove);
        return new Reading(together(), problems, List.copyOf(vanished));
    }

    /// Whether the file has documents. One that was emptied counts as vanished: an editor may be
    /// about to fill it. One that changed while it was read keeps what it had; the next look sees
    /// the change.
    private boolean read(String name, FolderScan.Stamp stamp, List<String> problems)
            throws IOException {
        ReadResult result;
        try {
            String text = Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
            if (good.containsKey(name) && !FolderScan.unchanged(folder, name, stamp)) {
                return true;
            }
            result = ManifestReader.read(name, text);
        } catch (NoSuchFileException _) {
            return good.containsKey(name); // between the scan and now; the next look tells
        } catch (CharacterCodingException _) {
            problems.add(name + ": not UTF-8; the last good content stays in force");
            return true;
        }
        result.problems().stream().map(ReadProblem::toString).forEach(problems::add);
        if (result.syntaxError()) {
            if (good.containsKey(name)) {
                problems.add(name + ": the last good content of this file stays in force");
            }
            return true;
        }
        boolean emptied =
                result.problems().isEmpty() && result.manifests().equals(ManifestSet.EMPTY);
        if (!emptied) {
            good.put(name, result);
        }
        return !emptied;
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
