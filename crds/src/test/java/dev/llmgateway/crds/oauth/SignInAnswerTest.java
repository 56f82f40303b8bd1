package dev.llmgateway.crds.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInAnswerTest {
    private static final String PAGE = "https://id.example/authorize";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the-code",
                "  the-code#st \n",
                "http://127.0.0.1:7/callback?code=the-code&state=st",
                "https://id.example/cb?state=st&code=the%2Dcode&iss=https%3A%2F%2Fid.example",
            })
    void aCodeIsReadInEveryFormItIsPasted(String pasted) {
        assertThat(SignInAnswer.pasted(pasted, "st", PAGE))
                .isEqualTo(new SignInAnswer.Code("the-code"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the-code#other",
                "the-code#",
                "http://127.0.0.1:7/callback?code=the-code&state=other",
                "http://127.0.0.1:7/callback?code=the-code",
                "http://127.0.0.1:7/callback?code=the-code&state=other&state=st",
            })
    void anAnswerOfAnotherSignInIsRefused(String pasted) {
        assertThat(SignInAnswer.pasted(pasted, "st", PAGE))
                .isEqualTo(new SignInAnswer.WrongState());
    }

    @Test
    void anAnswerOfAnotherIssuerIsRefused() {
        assertThat(
                        SignInAnswer.redirect(
                                "code=c&state=st&iss=https%3A%2F%2Fevil.example", "st", PAGE))
                .isEqualTo(new SignInAnswer.WrongIssuer("https://evil.example"));
    }

    @Test
    void aDenialIsNamedWithoutWhateverElseTheProviderWrites() {
        assertThat(SignInAnswer.redirect("error=access_denied&state=st", "st", PAGE))
                .isEqualTo(new SignInAnswer.Denied("access_denied"));
        assertThat(SignInAnswer.redirect("error=sk-ant-SECRET&state=st", "st", PAGE))
                .isEqualTo(new SignInAnswer.Denied("unknown_error"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "two words",
                "https://id.example/cb",
                "https://[",
                "#st",
                "http://x?state=st"
            })
    void whatIsNoCodeIsSaidToBeNone(String pasted) {
        assertThat(SignInAnswer.pasted(pasted, "st", PAGE))
                .isEqualTo(new SignInAnswer.Unreadable());
    }
}
