package dev.llmgateway.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryFilterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "beta=true beta=true",
                "limit=20&after_id=m_1 limit=20&after_id=m_1",
                "include[]=a.b&include%5B%5D=c include[]=a.b&include%5B%5D=c",
                "beta=true&key=canary beta=true",
                "API_KEY=canary ''",
                "api-key=canary&x=%41 x=%41",
                "k%65y=canary ''",
                "key[]=canary ''",
                "access_token=canary&access.token=canary ''",
                "x=a%0 ''",
                "x=a\"b&y=<z> ''",
                "&&=v& ''",
                "flag flag"
            })
    void keeps_harmless_parameters_and_drops_credentials(String query, String kept) {
        assertThat(QueryFilter.filter(query)).isEqualTo(kept);
    }
}
