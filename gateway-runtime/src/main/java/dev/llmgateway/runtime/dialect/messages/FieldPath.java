package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.translation.Refusal;

/// Where a reader stands in a client's body, such as `messages[2].content[0]`. Walks along with it;
/// a text comes into being only when a note or a refusal names it.
final class FieldPath {
    /// Characters of one name that are shown.
    private static final int MOST_NAME = 64;

    private final StringBuilder path = new StringBuilder(64);

    /// Goes into a member.
    ///
    /// @return what [#back] needs to come back here
    int into(String name) {
        int here = path.length();
        if (here > 0) {
            path.append('.');
        }
        // Names are the client's: nothing of them may mean something in a header or a log line.
        for (int i = 0; i < Math.min(name.length(), MOST_NAME); i++) {
            char c = name.charAt(i);
            path.append(isPlain(c) ? c : '?');
        }
        return here;
    }

    /// Goes into an element of a list.
    int into(int index) {
        int here = path.length();
        path.append('[').append(index).append(']');
        return here;
    }

    void back(int here) {
        path.setLength(here);
    }

    /// Path of a member of where it stands.
    String to(String name) {
        int here = into(name);
        String to = path.toString();
        back(here);
        return to;
    }

    /// The request makes no sense here.
    ///
    /// @param problem follows the path in the message: `must be …`
    Refusal refusal(String problem) {
        return new Refusal(path.toString(), path + ": " + problem);
    }

    Refusal refusal(String name, String problem) {
        String field = to(name);
        return new Refusal(field, field + ": " + problem);
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-';
    }
}
