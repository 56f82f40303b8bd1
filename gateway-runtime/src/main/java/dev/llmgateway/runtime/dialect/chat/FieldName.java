package dev.llmgateway.runtime.dialect.chat;

/// Names a client has chosen, fit for a warning in a header.
final class FieldName {
    private static final int MOST = 64;

    private FieldName() {}

    /// What is no letter, digit, `_`, `-` or `.` becomes `?`; long names are cut.
    static String of(String name) {
        return cleaned(name, "_-.");
    }

    /// The same for a media type.
    static String printable(String text) {
        return cleaned(text, "_-./+");
    }

    private static String cleaned(String name, String marks) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), MOST); i++) {
            char c = name.charAt(i);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || marks.indexOf(c) >= 0;
            clean.append(plain ? c : '?');
        }
        return clean.toString();
    }
}
