package dev.llmgateway.runtime.dialect.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {
    @Test
    void walks_members_and_elements_between_blanks() {
        JsonCursor json =
                JsonCursor.of(
                        Slice.of(
                                " { \"a\" : [ 1 , {\"b\":null} , [ ] ] , \"c\\u0064\" : \"x\\ny\" } "));
        List<String> seen = new ArrayList<>();

        assertThat(json.object()).isTrue();
        while (json.member()) {
            seen.add(json.key());
            if (json.key().equals("a") && json.array()) {
                while (json.element()) {
                    seen.add(json.value().toString());
                }
            } else {
                seen.add(json.text());
            }
        }
        json.end();

        assertThat(seen).containsExactly("a", "1", "{\"b\":null}", "[ ]", "cd", "x\ny");
    }

    @Test
    void values_of_another_kind_are_skipped_and_read_as_empty() {
        JsonCursor json = JsonCursor.of(Slice.of("[null, 7, \"s\", {\"k\":[true]}, 12.9, -3]"));

        assertThat(json.array()).isTrue();
        assertThat(json.element()).isTrue();
        assertThat(json.string()).isEqualTo(Slice.EMPTY);
        assertThat(json.element()).isTrue();
        assertThat(json.object()).isFalse();
        assertThat(json.element()).isTrue();
        assertThat(json.count(-1)).isEqualTo(-1);
        assertThat(json.element()).isTrue();
        assertThat(json.array()).isFalse();
        assertThat(json.element()).isTrue();
        assertThat(json.count(-1)).isEqualTo(12);
        assertThat(json.element()).isTrue();
        assertThat(json.count(-1)).isEqualTo(-1);
        assertThat(json.element()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1",
                "[1 2]",
                "{\"a\"1}",
                "{\"a\":}",
                "{a:1}",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"a\u0001\"",
                "01",
                "1.",
                "-",
                "1e",
                "tru",
                "{\"a\":1]",
                "[1,]",
                "{\"a\":1,}",
                "[[[1]]"
            })
    void what_is_no_json_is_told_and_nothing_beyond_the_text_is_read(String text) {
        Slice padded = Slice.of(text + "]}\"}]");
        Slice cut = padded.part(0, text.length());

        assertThatThrownBy(
                        () -> {
                            JsonCursor json = JsonCursor.of(cut);
                            json.skip();
                            json.end();
                        })
                .isInstanceOf(MalformedJson.class);
    }

    @Test
    void a_comma_before_the_first_value_is_told() {
        JsonCursor list = JsonCursor.of(Slice.of("[,1]"));
        JsonCursor object = JsonCursor.of(Slice.of("{ ,\"a\":1}"));
        list.array();
        object.object();

        assertThatThrownBy(list::element).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(object::member).isInstanceOf(MalformedJson.class);
    }

    @Test
    void broken_utf_8_is_told() {
        byte[] cut = {'"', (byte) 0xE4, (byte) 0xB8, '"'};
        byte[] overlong = {'"', (byte) 0xC0, (byte) 0xAF, '"'};

        assertThatThrownBy(() -> JsonCursor.of(Slice.whole(cut)).skip())
                .isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> JsonCursor.of(Slice.whole(overlong)).skip())
                .isInstanceOf(MalformedJson.class);
    }

    @Test
    void depth_is_bounded() {
        Slice deep = Slice.of("[".repeat(600) + "]".repeat(600));

        assertThatThrownBy(() -> JsonCursor.of(deep).skip()).isInstanceOf(MalformedJson.class);
    }

    @Test
    void escapes_come_and_go() {
        JsonBytes text = new JsonBytes();
        JsonEscapes.unescape(Slice.of("a\\\"\\\\\\/\\n\\u00e9\\ud83d\\ude00\\ud83d"), text);
        JsonBytes again = new JsonBytes();
        JsonEscapes.escape(text.slice(), again);

        assertThat(text.slice()).hasToString("a\"\\/\né😀\uFFFD");
        assertThat(again.slice()).hasToString("a\\\"\\\\/\\né😀\uFFFD");
    }

    @Test
    void compacting_leaves_strings_alone() {
        JsonBytes out = new JsonBytes();

        JsonEscapes.compact(Slice.of(" { \"a b\" : [ 1 , \" \\\" \" ] } "), out);

        assertThat(out.slice()).hasToString("{\"a b\":[1,\" \\\" \"]}");
    }

    @Test
    void commas_come_by_themselves() {
        JsonBytes out = new JsonBytes();

        out.objectStart().member("a", "x\"y").member("b", -12L).member("c", true);
        out.name("d").arrayStart().value(0).json(Slice.of("null")).arrayStart().arrayEnd();
        out.objectStart().objectEnd().arrayEnd().name("e").nullValue().objectEnd();

        assertThat(out.slice())
                .hasToString(
                        "{\"a\":\"x\\\"y\",\"b\":-12,\"c\":true,\"d\":[0,null,[],{}],\"e\":null}");
    }
}
