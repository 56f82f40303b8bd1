package dev.llmgateway.crds.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// Which plan of a gateway, as `r-<number>`; a later plan has a higher number.
///
/// @param number from 1; 0: none yet
public record Revision(long number) implements Comparable<Revision> {
    public static final Revision NONE = new Revision(0);

    private static final Pattern TEXT = Pattern.compile("r-(0|[1-9][0-9]{0,17})");

    public Revision {
        if (number < 0) {
            throw new IllegalArgumentException("a revision is never negative");
        }
    }

    /// @throws IllegalArgumentException when the text is not `r-<number>`
    @JsonCreator
    public static Revision parse(String text) {
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("a revision is r-<number>");
        }
        return new Revision(Long.parseLong(match.group(1)));
    }

    public Revision next() {
        return new Revision(number + 1);
    }

    @Override
    public int compareTo(Revision other) {
        return Long.compare(number, other.number);
    }

    @Override
    @JsonValue
    public String toString() {
        return "r-" + number;
    }
}
