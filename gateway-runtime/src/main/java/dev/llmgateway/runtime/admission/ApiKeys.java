package dev.llmgateway.runtime.admission;

import dev.llmgateway.crds.plan.KeyHash;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.runtime.model.Caller;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of one plan, found by digest. Immutable.
public final class ApiKeys {
    private static final int SHORTEST = 16;
    static final int LONGEST = 512;

    /// One text for unknown, expired and suspended keys: the answer must not tell which
    /// (spec/http.md).
    public static final String INVALID = "The API key is not valid for this gateway.";

    private static final Verdict UNKNOWN = denied(INVALID);

    private static final Verdict MISSING =
            denied("No API key: send it as 'x-api-key' or as 'Authorization: Bearer'.");
    private static final Verdict MALFORMED =
            denied("The API key is malformed: 16 to 512 printable ASCII characters.");

    private final Map<Digest, Entry> entries;
    private final Map<String, KeyPlan> byUid;

    private ApiKeys(Map<Digest, Entry> entries, Map<String, KeyPlan> byUid) {
        this.entries = entries;
        this.byUid = byUid;
    }

    /// Where two keys share a digest the first stays; the compiler has named the second already.
    public static ApiKeys of(List<KeyPlan> keys) {
        Map<Digest, Entry> entries = HashMap.newHashMap(keys.size());
        Map<String, KeyPlan> byUid = HashMap.newHashMap(keys.size());
        for (KeyPlan key : keys) {
            byUid.put(key.uid(), key);
            for (KeyHash hash : key.hashes()) {
                entries.putIfAbsent(
                        Digest.parse(hash.sha256()),
                        new Entry(new Caller(key), hash.notAfterMillis()));
            }
        }
        return new ApiKeys(Map.copyOf(entries), Map.copyOf(byUid));
    }

    /// Decides on the head of a request, with one look-up whatever the outcome.
    ///
    /// @param nowMillis wall clock, epoch milliseconds
    public Verdict verify(PresentedKey presented, long nowMillis) {
        String text = presented.text();
        if (text.isEmpty()) {
            return MISSING;
        }
        if (!wellFormed(text)) {
            return MALFORMED;
        }
        Entry entry = entries.get(Digest.of(text));
        if (entry == null || !entry.validAt(nowMillis)) {
            return UNKNOWN;
        }
        return presented.ownCredential()
                ? new Verdict.Admitted(entry.caller(), true)
                : entry.admitted();
    }

    /// Whether a caller that was admitted, perhaps under an earlier plan, still has a key that
    /// opens something.
    ///
    /// @param nowMillis wall clock, epoch milliseconds
    public boolean stands(Caller caller, long nowMillis) {
        KeyPlan key = byUid.get(caller.key().uid());
        return key != null && isOpen(key, nowMillis);
    }

    private static boolean isOpen(KeyPlan key, long now) {
        return !key.suspended() && (key.expiresAtMillis() == 0 || now < key.expiresAtMillis());
    }

    /// The caller of `namespace/name`, or null: for `/explain`.
    public @Nullable Caller find(String reference) {
        for (Entry entry : entries.values()) {
            if (entry.caller().key().ref().toString().equals(reference)) {
                return entry.caller();
            }
        }
        return null;
    }

    private static boolean wellFormed(String text) {
        if (text.length() < SHORTEST || text.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static Verdict denied(String message) {
        return new Verdict.Denied(GatewayError.of(ErrorCode.UNAUTHENTICATED, message));
    }

    private record Entry(Caller caller, long notAfterMillis, Verdict admitted) {
        Entry(Caller caller, long notAfterMillis) {
            this(caller, notAfterMillis, new Verdict.Admitted(caller, false));
        }

        boolean validAt(long now) {
            return isOpen(caller.key(), now) && (notAfterMillis == 0 || now < notAfterMillis);
        }
    }
}
