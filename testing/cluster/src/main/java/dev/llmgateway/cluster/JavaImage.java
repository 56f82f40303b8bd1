package dev.llmgateway.cluster;

import dev.llmgateway.fixtures.process.Repository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An image of a folder with a Java program and a runtime of this JVM's JDK. The first one on a
/// machine takes some 20 s for the runtime, later ones a second or two beside the training.
///
/// @param name with a tag, such as `localhost/gateway:1`
/// @param folder becomes `/app`
/// @param training zero: none; else how long the program runs once while the image is made, for its
///   AOT cache
/// @param environment of the training
/// @param arguments what `java` is started with
public record JavaImage(
        String name,
        Path folder,
        Duration training,
        Map<String, String> environment,
        List<String> arguments) {
    private static final Path SCRIPT =
            Repository.root().resolve("testing/cluster/images/java-image.sh");

    public JavaImage {
        environment = Map.copyOf(environment);
        arguments = List.copyOf(arguments);
    }

    public static JavaImage of(String name, Path folder, String... arguments) {
        return new JavaImage(name, folder, Duration.ZERO, Map.of(), List.of(arguments));
    }

    public JavaImage trained(Duration length, Map<String, String> variables) {
        return new JavaImage(name, folder, length, variables, arguments);
    }

    /// The command that writes it as an archive.
    List<String> packing(Path archive) {
        List<String> command =
                new ArrayList<>(List.of("env", "JAVA_HOME=" + System.getProperty("java.home")));
        if (training.isPositive()) {
            command.add("TRAINING_SECONDS=" + training.toSeconds());
        }
        new TreeMap<>(environment).forEach((key, value) -> command.add(key + "=" + value));
        command.addAll(List.of(SCRIPT.toString(), name, folder.toString(), archive.toString()));
        command.addAll(arguments);
        return command;
    }
}
