package dev.llmgateway.crds.catalog;

/// A model name, exact or with one trailing `*`.
record ModelPattern(String text) {
    boolean valid() {
        int star = text.indexOf('*');
        return !text.isEmpty() && (star < 0 || star == text.length() - 1);
    }

    boolean matches(String model) {
        return wild() ? model.startsWith(prefix()) : model.equals(text);
    }

    /// Whether every name that `other` matches is matched by this one too.
    boolean covers(ModelPattern other) {
        return wild() ? other.prefix().startsWith(prefix()) : text.equals(other.text);
    }

    private boolean wild() {
        return text.endsWith("*");
    }

    private String prefix() {
        return wild() ? text.substring(0, text.length() - 1) : text;
    }
}
