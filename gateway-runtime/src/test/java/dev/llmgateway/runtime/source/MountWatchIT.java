package dev.llmgateway.runtime.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.plan.BundleStep;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.fixtures.process.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Volumes as a kubelet keeps them: `name -> ..data/name`, `..data -> ..<time>`, and a swap is one
/// rename of `..data`.
class MountWatchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir private Path mount;
    private final PlanRecorder sink = new PlanRecorder();
    private final Publisher publisher = new Publisher();
    private MountWatch watch;
    private int swaps;

    @BeforeEach
    void start() throws IOException {
        mount(publisher.next(Publisher.keys(2)));
        watch =
                MountWatch.start(
                        mount,
                        new ObjectRef("default", "main"),
                        new Random(7),
                        InstantSource.system(),
                        sink);
        awaitTrue("loaded", () -> sink.revision().equals("r-1"));
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    @Test
    void aSwappedVolumeIsSeen() throws IOException {
        mount(publisher.next(Publisher.keys(3)));

        awaitTrue("swapped", () -> sink.revision().equals("r-2"));
        assertThat(sink.last().plan()).isEqualTo(Publisher.keys(3));
        assertThat(sink.last().credentials()).containsEntry(Publisher.SECRET, "sk-upstream");
    }

    @Test
    void anIndexWhosePartsAreYetToComeWaitsForThem() throws IOException {
        BundleStep step = publisher.next(Publisher.keys(3));

        index(step);
        awaitTrue("told", () -> sink.report.errors() == 1);
        assertThat(sink.report.problems().getFirst())
                .endsWith("is not mounted; r-1 stays in force");
        assertThat(sink.revision()).isEqualTo("r-1");
        parts(step);

        awaitTrue("complete", () -> sink.revision().equals("r-2"));
        assertThat(sink.report.problems()).isEmpty();
    }

    @Test
    void aPartThatIsAheadOfItsIndexKeepsThePlan() throws IOException {
        publisher.next(Publisher.keys(3));
        BundleStep third = publisher.next(Publisher.keys(2));
        parts(third);
        assertThat(sink.revision()).isEqualTo("r-1");

        index(third);

        awaitTrue("complete", () -> sink.revision().equals("r-3"));
    }

    @Test
    void anIndexThatGoesLeavesThePlan() throws IOException {
        Files.delete(mount.resolve("main-plan/..data"));

        awaitTrue("told", () -> sink.report.errors() == 1);

        assertThat(sink.report.problems())
                .containsExactly("there is no index in the mount; r-1 stays in force");
    }

    private void mount(BundleStep step) throws IOException {
        parts(step);
        index(step);
    }

    private void parts(BundleStep step) throws IOException {
        for (var write : step.writes()) {
            swap(
                    write.name().object("main"),
                    write.content().key(),
                    Base64.getDecoder().decode(write.content().base64()));
        }
    }

    private void index(BundleStep step) throws IOException {
        swap(
                "main-plan",
                "index.json",
                step.index().encode().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private void swap(String object, String key, byte[] content) throws IOException {
        Path volume = Files.createDirectories(mount.resolve(object));
        String version = "..2026_" + swaps++;
        Files.write(Files.createDirectory(volume.resolve(version)).resolve(key), content);
        Path next = Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of(version));
        Files.move(next, volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        if (!Files.exists(volume.resolve(key))) {
            Files.createSymbolicLink(volume.resolve(key), Path.of("..data", key));
        }
    }

    private void awaitTrue(String what, BooleanSupplier look) {
        Poll.untilTrue(PATIENCE, () -> what + "; " + sink.revision() + ", " + sink.problems, look);
    }
}
