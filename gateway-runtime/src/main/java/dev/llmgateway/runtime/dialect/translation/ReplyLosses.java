package dev.llmgateway.runtime.dialect.translation;

import java.util.ArrayList;
import java.util.List;

/// What of a reply its client's format cannot tell: action W of translation.md. A stream's head is
/// gone when most of it is found out, so it is never refused.
public final class ReplyLosses {
    private List<String> all = List.of();

    /// Names a loss once.
    ///
    /// @param field of the reply, as the client's format calls it; a constant
    /// @param reason a few words, ASCII, without `;`
    public void lost(String field, String reason) {
        String loss = "reply." + field + "=" + reason;
        if (all.isEmpty()) {
            all = new ArrayList<>(2);
        }
        if (!all.contains(loss)) {
            all.add(loss);
        }
    }

    /// As `field=reason`, in the order they were found.
    public List<String> all() {
        return all;
    }
}
