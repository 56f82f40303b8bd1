package dev.llmgateway.crds.oauth;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.OAuthProfile;
import dev.llmgateway.crds.manifest.StrictYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of one provider's sign-in; an entry of `profiles.yaml`.
///
/// @param grant used where the account names none
/// @param authorizeParameters added to the address of the sign-in page
/// @param resourceHosts where a token answer may move the account's base URL to: `host` or
///   `*.suffix`; empty: nowhere
record ProfileData(
        OAuthProfile profile,
        Auth.Grant grant,
        @Nullable String authorizeURL,
        @Nullable String deviceURL,
        @Nullable String tokenURL,
        @Nullable String revocationURL,
        @Nullable String redirectURI,
        List<String> scopes,
        Map<String, String> authorizeParameters,
        List<String> resourceHosts) {
    private static final String FILE = "profiles.yaml";

    ProfileData {
        scopes = scopes == null ? List.of() : List.copyOf(scopes);
        authorizeParameters =
                authorizeParameters == null ? Map.of() : Map.copyOf(authorizeParameters);
        resourceHosts = resourceHosts == null ? List.of() : List.copyOf(resourceHosts);
    }

    /// Read once, on first use.
    private static final class BuiltIn {
        static final List<ProfileData> ENTRIES = load();

        private static List<ProfileData> load() {
            StrictYaml.Records<ProfileData> read = StrictYaml.list(text(), ProfileData.class);
            if (!read.problems().isEmpty()) {
                throw new IllegalStateException(FILE + ": " + read.problems());
            }
            return read.values();
        }

        private static String text() {
            try (InputStream file = ProfileData.class.getResourceAsStream(FILE)) {
                if (file == null) {
                    throw new IllegalStateException(FILE + " is not in the jar");
                }
                return new String(file.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static ProfileData of(OAuthProfile profile) {
        return BuiltIn.ENTRIES.stream()
                .filter(entry -> entry.profile() == profile)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(FILE + " lacks " + profile));
    }
}
