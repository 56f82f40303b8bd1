package dev.llmgateway.cluster;

import java.nio.file.Path;
import java.util.List;

/// An image that is made on this machine. The first one takes some 20 s for the Java runtime, later
/// ones a few.
public sealed interface LocalImage permits JavaImage, OurImage {
    /// The command that writes it as an archive.
    List<String> packing(Path archive);
}
