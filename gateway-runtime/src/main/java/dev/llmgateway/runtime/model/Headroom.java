package dev.llmgateway.runtime.model;

/// What the rate-limit headers of a reply say is left of an account's quota.
///
/// @param left smallest remaining share of all limits named, 0..1
/// @param resetAtMillis epoch milliseconds at which that limit is full again; 0: not said
/// @param window the limit it is about, such as `tokens` or `unified-5h`
/// @param rejected the upstream itself says that this quota window is spent
public record Headroom(double left, long resetAtMillis, String window, boolean rejected) {
    public static final Headroom UNKNOWN = new Headroom(1, 0, "", false);

    public Headroom {
        if (!(left >= 0 && left <= 1) || resetAtMillis < 0) {
            throw new IllegalArgumentException("headroom " + left + " until " + resetAtMillis);
        }
    }
}
