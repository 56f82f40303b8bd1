package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.json.JsonKind;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The members of one object, taken one by one whatever their order, so that in the end those that
/// nobody took are known. A `null` is as good as no member; of two with one name the last counts.
final class Members {
    private final Reading reading;
    private Slice whole = Slice.EMPTY;
    private String[] names = new String[6];
    private Slice[] values = new Slice[6];
    private boolean[] taken = new boolean[6];
    private int count;

    Members(Reading reading) {
        this.reading = reading;
    }

    /// Walks the object the cursor stands on.
    ///
    /// @throws dev.llmgateway.runtime.dialect.translation.Refusal when it is none
    static Members of(JsonCursor json, Reading reading) {
        if (json.kind() != JsonKind.Object) {
            throw reading.path().refusal("must be an object");
        }
        Members members = new Members(reading);
        int start = json.mark();
        json.object();
        while (json.member()) {
            members.add(json.key(), json.value());
        }
        members.whole = json.since(start);
        return members;
    }

    void add(String name, Slice value) {
        int at = index(name);
        if (at < 0) {
            if (value.at(0) == 'n') {
                return;
            }
            at = count++;
            if (at == names.length) {
                names = Arrays.copyOf(names, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
                taken = Arrays.copyOf(taken, 2 * count);
            }
        }
        names[at] = name;
        values[at] = value;
    }

    private int index(String name) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /// The object as it stands.
    Slice whole() {
        return whole;
    }

    /// A value as it stands; empty: there is none.
    Slice value(String name) {
        int at = index(name);
        if (at < 0 || values[at].at(0) == 'n') {
            return Slice.EMPTY;
        }
        taken[at] = true;
        return values[at];
    }

    /// The inside of a string; empty: there is none.
    Slice string(String name) {
        Slice value = value(name);
        if (value.isEmpty()) {
            return value;
        }
        if (value.at(0) != '"') {
            throw reading.path().refusal(name, "must be a string");
        }
        return inside(value);
    }

    /// @param string with its quotes
    static Slice inside(Slice string) {
        return string.part(1, string.length() - 1);
    }

    /// A string, decoded; empty: there is none.
    String text(String name) {
        return JsonCursor.decoded(string(name));
    }

    /// A string that has to be there.
    String needed(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw reading.path().refusal(name, "must be there and not empty");
        }
        return text;
    }

    /// A number as it stands; empty: there is none.
    Slice number(String name) {
        Slice value = value(name);
        if (!value.isEmpty() && value.at(0) != '-' && !isDigit(value.at(0))) {
            throw reading.path().refusal(name, "must be a number");
        }
        return value;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /// A whole number at or above zero.
    long count(String name, long absent) {
        Slice number = value(name);
        if (number.isEmpty()) {
            return absent;
        }
        long value = reading.spare().over(number).count(-1);
        if (value < 0) {
            throw reading.path().refusal(name, "must be a whole number, at least 0");
        }
        return value;
    }

    boolean isTrue(String name) {
        Slice value = value(name);
        if (!value.isEmpty() && value.at(0) != 't' && value.at(0) != 'f') {
            throw reading.path().refusal(name, "must be true or false");
        }
        return !value.isEmpty() && value.at(0) == 't';
    }

    /// An object's members; none of them: there is no such object. The caller has gone into its
    /// path.
    Members object(String name) {
        Slice value = value(name);
        return value.isEmpty() ? new Members(reading) : of(reading.spare().over(value), reading);
    }

    /// A list's values as they stand.
    List<Slice> list(String name) {
        Slice list = value(name);
        if (list.isEmpty()) {
            return List.of();
        }
        if (list.at(0) != '[') {
            throw reading.path().refusal(name, "must be a list");
        }
        JsonCursor json = reading.spare().over(list);
        List<Slice> values = new ArrayList<>();
        json.array();
        while (json.element()) {
            values.add(json.value());
        }
        return values;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /// Leaves members out in silence: nothing of the reply depends on them.
    void drop(String... others) {
        for (String name : others) {
            int at = index(name);
            if (at >= 0) {
                taken[at] = true;
            }
        }
    }

    /// Names those that nobody took.
    void noteRest() {
        for (int i = 0; i < count; i++) {
            if (!taken[i] && values[i].at(0) != 'n') {
                reading.lost(names[i], "not known to the gateway");
            }
        }
    }

    /// Those that nobody took.
    List<Extra> rest() {
        List<Extra> rest = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (!taken[i] && values[i].at(0) != 'n') {
                rest.add(new Extra(names[i], values[i]));
            }
        }
        return rest;
    }
}
