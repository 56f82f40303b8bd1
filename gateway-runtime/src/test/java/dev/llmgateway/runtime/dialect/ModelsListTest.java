package dev.llmgateway.runtime.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.runtime.dialect.ModelsList.Entry;
import dev.llmgateway.runtime.dialect.ModelsList.Page;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ModelsListTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final List<Entry> FIVE = List.of(of("a"), of("b"), of("c"), of("d"), of("e"));

    @Test
    void an_entry_has_the_members_of_both_families() {
        assertThat(
                        ModelsList.single(
                                new Entry("claude-x", "anthropic", "Claude \"X\"", 1_700_000_000)))
                .isEqualTo(
                        "{\"id\":\"claude-x\",\"object\":\"model\",\"created\":1700000000,"
                                + "\"owned_by\":\"anthropic\",\"type\":\"model\","
                                + "\"display_name\":\"Claude \\\"X\\\"\","
                                + "\"created_at\":\"2023-11-14T22:13:20Z\"}");
    }

    @Test
    void the_whole_list() throws IOException {
        assertThat(page(Page.ALL)).isEqualTo("abcde false a e");
    }

    @Test
    void an_empty_list_has_null_cursors() {
        assertThat(ModelsList.list(List.of(), Page.ALL))
                .isEqualTo(
                        "{\"object\":\"list\",\"data\":[],\"has_more\":false,\"first_id\":null,\"last_id\":null}");
    }

    @Test
    void pages_forward_and_backward() throws IOException {
        assertThat(page(new Page(2, "", ""))).isEqualTo("ab true a b");
        assertThat(page(new Page(2, "b", ""))).isEqualTo("cd true c d");
        assertThat(page(new Page(2, "d", ""))).isEqualTo("e false e e");
        assertThat(page(new Page(2, "a", ""))).isEqualTo("bc true b c");
        assertThat(page(new Page(2, "", "d"))).isEqualTo("bc true b c");
        assertThat(page(new Page(2, "", "b"))).isEqualTo("a false a a");
        assertThat(page(new Page(1000, "", ""))).isEqualTo("abcde false a e");
    }

    @Test
    void unknown_and_exhausted_cursors_give_an_empty_page() throws IOException {
        assertThat(page(new Page(2, "x", ""))).isEqualTo(" false null null");
        assertThat(page(new Page(2, "e", ""))).isEqualTo(" false null null");
        assertThat(page(new Page(2, "", "x"))).isEqualTo(" false null null");
        assertThat(page(new Page(2, "", "a"))).isEqualTo(" false null null");
    }

    @Test
    void a_query_names_the_page() {
        assertThat(Page.of("")).isEqualTo(Page.ALL);
        assertThat(Page.of("limit=1000")).isEqualTo(new Page(1000, "", ""));
        assertThat(Page.of("after_id=a%2Fb&limit=2&x")).isEqualTo(new Page(2, "a/b", ""));
        assertThat(Page.of("before_id=c&limit=-1")).isEqualTo(new Page(0, "", "c"));
        assertThat(Page.of("before_id=%zz&limit=99999999999")).isEqualTo(new Page(0, "", "%zz"));
    }

    private static String page(Page page) throws IOException {
        JsonNode list = JACKSON.readTree(ModelsList.list(FIVE, page));
        StringBuilder ids = new StringBuilder();
        StreamSupport.stream(list.path("data").spliterator(), false)
                .forEach(entry -> ids.append(entry.path("id").asText()));
        return ids
                + " "
                + list.path("has_more").asText()
                + " "
                + list.path("first_id").asText()
                + " "
                + list.path("last_id").asText();
    }

    private static Entry of(String id) {
        return new Entry(id, "o", "", 0);
    }
}
