package dev.llmgateway.runtime.dialect.translation;

/// Who answers: what carriers of reasoning are bound to (translation.md 3.5).
///
/// @param account first 8 hexadecimal digits of its tag; empty: nobody needs to know
/// @param model as the upstream calls it
public record Origin(String account, String model) {
    public static final Origin UNTOLD = new Origin("", "");
}
