package dev.llmgateway.runtime.balance;

/// What belongs together for a provider's cache, known only by a hash: a correlation, never an
/// authorisation.
///
/// @param hash over the client key and the session's name; 0: none
public record Session(long hash) {
    public static final Session NONE = new Session(0);

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /// A session of one client key: the same name under another key is another session.
    public static Session of(String keyUid, CharSequence name) {
        if (name.isEmpty()) {
            return NONE;
        }
        long hash = fold(fold(FNV_OFFSET, keyUid) * FNV_PRIME, name);
        long mixed = (hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L;
        return new Session(mixed == 0 ? 1 : mixed);
    }

    boolean none() {
        return hash == 0;
    }

    private static long fold(long hash, CharSequence text) {
        long folded = hash;
        for (int i = 0; i < text.length(); i++) {
            folded = (folded ^ text.charAt(i)) * FNV_PRIME;
        }
        return folded;
    }
}
