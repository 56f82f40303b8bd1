package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.Slice;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// The members of one JSON schema that were not yet taken. Of members with one name the last
/// counts.
final class SchemaMembers {
    /// @param name escaped
    /// @param value JSON
    record Member(Slice name, Slice value) {}

    private final JsonCursor json;
    private final Map<String, Member> members;

    private SchemaMembers(JsonCursor json, Map<String, Member> members) {
        this.json = json;
        this.members = members;
    }

    /// @param object a JSON object
    /// @param json may be used for something else again at once
    static SchemaMembers of(Slice object, JsonCursor json) {
        Map<String, Member> members = new LinkedHashMap<>();
        json.over(object).object();
        while (json.member()) {
            String name = json.key();
            Slice escaped = json.keySlice();
            members.put(name, new Member(escaped, json.value()));
        }
        return new SchemaMembers(json, members);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    Collection<Member> all() {
        return members.values();
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    boolean has(String name, JsonKind kind) {
        Member member = members.get(name);
        return member != null && json.over(member.value()).kind() == kind;
    }

    /// Empty: there is none.
    Slice value(String name) {
        Member member = members.get(name);
        return member == null ? Slice.EMPTY : member.value();
    }

    Slice take(String name) {
        Slice value = value(name);
        members.remove(name);
        return value;
    }

    void drop(String name) {
        members.remove(name);
    }

    /// Whether `type` is, or lists, a name.
    boolean allows(String type) {
        if (has("type", JsonKind.Array)) {
            json.over(value("type")).array();
            boolean listed = false;
            while (json.element()) {
                listed |= json.string().is(type);
            }
            return listed;
        }
        return has("type") && json.over(value("type")).string().is(type);
    }

    boolean hasPrimitive(String name) {
        return has(name) && isPrimitive(json.over(value(name)).kind());
    }

    boolean hasPrimitives(String name) {
        if (!has(name, JsonKind.Array)) {
            return false;
        }
        json.over(value(name)).array();
        boolean primitive = true;
        while (json.element()) {
            primitive &= isPrimitive(json.kind());
            json.skip();
        }
        return primitive;
    }

    private static boolean isPrimitive(JsonKind kind) {
        return kind != JsonKind.Object && kind != JsonKind.Array;
    }
}
