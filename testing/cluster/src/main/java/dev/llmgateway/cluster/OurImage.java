package dev.llmgateway.cluster;

import dev.llmgateway.fixtures.process.Repository;
import java.nio.file.Path;
import java.util.List;

/// One of our programs as `make image` packs it, of what `make build` left.
///
/// @param name with a tag
/// @param script of the module, relative to the repository's root
public record OurImage(String name, String script) implements LocalImage {
    /// Names and tag are those the chart and the examples take for granted.
    public static final OurImage GATEWAY =
            new OurImage("localhost/llm-gateway:0.1.0", "gateway-runtime/image.sh");

    public static final OurImage OPERATOR =
            new OurImage("localhost/llm-gateway-operator:0.1.0", "operator/image.sh");

    @Override
    public List<String> packing(Path archive) {
        return List.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                Repository.root().resolve(script).toString(),
                name,
                archive.toString());
    }
}
