package dev.llmgateway.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokensTest {
    @TempDir private Path folder;

    @Test
    void withoutASourceNothingIsAskedFor() {
        assertThat(new AdminTokens(Optional.empty()).accept(null)).isTrue();
    }

    @Test
    void bothTokensOfAFileAreAcceptedAndNoOther() throws IOException {
        AdminTokens tokens = file("old-token\nnew-token\n\n");

        assertThat(tokens.accept("Bearer old-token")).isTrue();
        assertThat(tokens.accept("Bearer new-token")).isTrue();
        assertThat(tokens.accept("Bearer ")).isFalse();
        assertThat(tokens.accept("Bearer old-token\nnew-token")).isFalse();
        assertThat(tokens.accept("old-token")).isFalse();
        assertThat(tokens.accept(null)).isFalse();
    }

    @Test
    void everyKeyOfAMountedSecretCountsAndARotationTakesEffect() throws IOException {
        Path first = Files.createDirectory(folder.resolve("..2026_1"));
        Files.writeString(first.resolve("token"), "one");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_1"));
        Files.createSymbolicLink(folder.resolve("token"), Path.of("..data", "token"));
        AdminTokens tokens = new AdminTokens(Optional.of(folder));
        assertThat(tokens.accept("Bearer one")).isTrue();

        Files.writeString(first.resolve("token"), "two");

        assertThat(tokens.accept("Bearer two")).isTrue();
        assertThat(tokens.accept("Bearer one")).isFalse();
    }

    @Test
    void anEmptyOrMissingSourceLetsNobodyIn() throws IOException {
        assertThat(file("\n").accept("Bearer ")).isFalse();
        assertThat(file("").accept("Bearer")).isFalse();
        assertThat(new AdminTokens(Optional.of(folder.resolve("none"))).accept("Bearer x"))
                .isFalse();
    }

    private AdminTokens file(String text) throws IOException {
        return new AdminTokens(Optional.of(Files.writeString(folder.resolve("tokens"), text)));
    }
}
