package dev.llmgateway.crds.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.GatewayConfigSpec.OAuthClient;
import dev.llmgateway.crds.api.OAuthProfile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OAuthSettingsTest {
    @ParameterizedTest
    @EnumSource(OAuthProfile.class)
    void everyProfileIsInTheFile(OAuthProfile profile) {
        assertThat(ProfileData.of(profile).profile()).isEqualTo(profile);
    }

    @Test
    void aProfileGivesWhatTheAccountLeavesOut() {
        OAuthSettings settings = Settings.of(OAuthProfile.Anthropic);

        assertThat(settings.grant()).isEqualTo(Auth.Grant.AuthorizationCode);
        assertThat(settings.endpoints().authorize()).isEqualTo("https://claude.ai/oauth/authorize");
        assertThat(settings.scopes()).contains("user:inference");
        assertThat(settings.refreshBefore()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.resourceHosts()).isEmpty();
    }

    @Test
    void theAccountsFieldsGoBeforeTheProfiles() {
        OAuthSettings settings =
                Settings.complete(
                        Settings.account(
                                OAuthProfile.Qwen,
                                Auth.Grant.RefreshToken,
                                "own",
                                Settings.tokenURL("http://127.0.0.1:9/token")));

        assertThat(settings.grant()).isEqualTo(Auth.Grant.RefreshToken);
        assertThat(settings.endpoints().token()).isEqualTo("http://127.0.0.1:9/token");
        assertThat(settings.resourceHosts())
                .containsExactly("*.qwen.ai", "*.aliyuncs.com", "127.0.0.1");
    }

    @Test
    void theGatewaysClientStandsInForTheAccounts() {
        Auth.OAuth oauth = Settings.account(OAuthProfile.Anthropic, null, null, null);

        assertThat(
                        OAuthSettings.read(
                                oauth,
                                List.of(
                                        new OAuthClient(OAuthProfile.Qwen, "q"),
                                        new OAuthClient(OAuthProfile.Anthropic, "a"))))
                .isInstanceOfSatisfying(
                        OAuthSettings.Reading.Complete.class,
                        read -> assertThat(read.settings().clientID()).isEqualTo("a"));
        assertThat(OAuthSettings.read(oauth, List.of()))
                .isInstanceOfSatisfying(
                        OAuthSettings.Reading.Missing.class,
                        missing -> assertThat(missing.path()).isEqualTo("clientID"));
    }

    @Test
    void aGrantNamesTheEndpointItLacks() {
        Auth.OAuth oauth =
                Settings.account(
                        OAuthProfile.Custom,
                        Auth.Grant.DeviceCode,
                        "c",
                        Settings.tokenURL("https://id.example/token"));

        assertThat(OAuthSettings.read(oauth, List.of()))
                .isEqualTo(
                        new OAuthSettings.Reading.Missing(
                                "overrides.deviceURL",
                                "grant DeviceCode needs it and the profile has none"));
    }
}
