package dev.llmgateway.crds.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {
    @ParameterizedTest
    @CsvSource({
        "*, idp.example.com, true",
        "idp.example.com, idp.example.com, true",
        "IDP.example.com:443, idp.example.com, true",
        "idp.example.com:8443, idp.example.com, false",
        ".example.com, idp.example.com, true",
        "*.example.com, example.com, true",
        "example.com, idp.example.com, false",
        "10.0.0.0/8, 10.200.3.4, true",
        "10.0.0.0/9, 10.200.3.4, false",
        "10.0.0.0/8, idp.example.com, false",
        "fd00::/8, fd12::1, true",
        "[fd12::1]:443, fd12::1, true",
        "10.0.0.0/99, 10.0.0.1, false"
    })
    void matchesAsTheDataPlaneDoes(String entry, String host, boolean direct) {
        assertThat(NoProxy.matches(List.of(entry), host, 443)).isEqualTo(direct);
    }
}
