package dev.llmgateway.runtime.dialect.translation;

/// Names a client has chosen, fit for a header or a log line, where nothing of them may mean
/// anything.
public final class FieldName {
    /// Characters of one name that are shown.
    private static final int MOST = 64;

    private FieldName() {}

    /// What is no letter, digit, `_`, `-` or `.` becomes `?`; long names are cut.
    public static String of(String name) {
        return cleaned(name, "_-.");
    }

    /// The same for a media type.
    public static String printable(String text) {
        return cleaned(text, "_-./+");
    }

    private static String cleaned(String name, String marks) {
        StringBuilder clean = new StringBuilder();
        append(name, marks, clean);
        return clean.toString();
    }

    /// Adds one member's name to a path, whose dots part names.
    public static void append(String name, StringBuilder path) {
        append(name, "_-$", path);
    }

    private static void append(String name, String marks, StringBuilder clean) {
        for (int i = 0; i < Math.min(name.length(), MOST); i++) {
            char c = name.charAt(i);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || marks.indexOf(c) >= 0;
            clean.append(plain ? c : '?');
        }
    }
}
