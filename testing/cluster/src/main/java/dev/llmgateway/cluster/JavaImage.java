package dev.llmgateway.cluster;

import dev.llmgateway.fixtures.process.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An image of a folder with a Java program and a runtime of this JVM's JDK.
///
/// @param name with a tag, such as `localhost/files:1`
/// @param folder becomes `/app`
/// @param arguments what `java` is started with
public record JavaImage(String name, Path folder, List<String> arguments) implements LocalImage {
    private static final Path SCRIPT =
            Repository.root().resolve("testing/cluster/images/java-image.sh");

    public JavaImage {
        arguments = List.copyOf(arguments);
    }

    public static JavaImage of(String name, Path folder, String... arguments) {
        return new JavaImage(name, folder, List.of(arguments));
    }

    @Override
    public List<String> packing(Path archive) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "env",
                                "JAVA_HOME=" + System.getProperty("java.home"),
                                SCRIPT.toString(),
                                name,
                                folder.toString(),
                                archive.toString()));
        command.addAll(arguments);
        return command;
    }
}
