package dev.llmgateway.crds.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.OAuthProfile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OAuthRequestsTest {
    /// RFC 7636, appendix B.
    private static final Pkce PKCE = new Pkce("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

    private static final OAuthRequests ANTHROPIC =
            new OAuthRequests(Settings.of(OAuthProfile.Anthropic), Optional.empty());

    @Test
    void theChallengeIsThatOfTheRfc() {
        assertThat(PKCE.challenge()).isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void theSignInPageCarriesTheProfilesParametersAndOurProof() {
        String page = ANTHROPIC.signInPage(PKCE, "st", ANTHROPIC.settings().endpoints().redirect());

        assertThat(page)
                .isEqualTo(
                        "https://claude.ai/oauth/authorize?code=true&response_type=code&client_id=client-1"
                                + "&redirect_uri=https%3A%2F%2Fconsole.anthropic.com%2Foauth%2Fcode%2Fcallback"
                                + "&scope=org%3Acreate_api_key+user%3Aprofile+user%3Ainference"
                                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                                + "&code_challenge_method=S256&state=st");
    }

    @Test
    void aPublicClientNamesItselfInTheBody() {
        Form form = ANTHROPIC.refresh("r&1");

        assertThat(form.url()).isEqualTo("https://console.anthropic.com/v1/oauth/token");
        assertThat(form.authorization()).isEmpty();
        assertThat(form.body())
                .isEqualTo("grant_type=refresh_token&refresh_token=r%261&client_id=client-1");
    }

    @Test
    void aConfidentialClientProvesItselfInTheHeader() {
        OAuthRequests requests = new OAuthRequests(custom(), Optional.of("s:e"));

        Form form = requests.clientCredentials();

        assertThat(form.authorization()).contains("Basic Y2xpZW50LTE6cyUzQWU=");
        assertThat(form.body()).isEqualTo("grant_type=client_credentials&scope=a+b");
    }

    @Test
    void aCodeGoesWithItsVerifierAndRedirect() {
        assertThat(ANTHROPIC.code("c", PKCE.verifier(), "http://127.0.0.1:1/callback", "").body())
                .isEqualTo(
                        "grant_type=authorization_code&code=c&code_verifier="
                                + PKCE.verifier()
                                + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcallback&client_id=client-1");
    }

    @Test
    void revocationNeedsAnEndpoint() {
        assertThat(ANTHROPIC.revoke("r")).isEmpty();
        assertThat(new OAuthRequests(custom(), Optional.empty()).revoke("r"))
                .hasValueSatisfying(
                        form -> assertThat(form.url()).isEqualTo("https://id.example/revoke"));
    }

    @Test
    void nothingSecretIsPrinted() {
        assertThat(
                        List.of(
                                ANTHROPIC.refresh("sec-ret").toString(),
                                new OAuthRequests(custom(), Optional.of("sec-ret")).toString(),
                                new Pkce("sec-ret").toString()))
                .noneMatch(text -> text.contains("sec-ret"));
    }

    private static OAuthSettings custom() {
        return Settings.complete(
                Settings.account(
                        OAuthProfile.Custom,
                        Auth.Grant.ClientCredentials,
                        "client-1",
                        new Auth.Overrides(
                                null,
                                null,
                                "https://id.example/token",
                                "https://id.example/revoke",
                                null,
                                List.of("a", "b"))));
    }
}
