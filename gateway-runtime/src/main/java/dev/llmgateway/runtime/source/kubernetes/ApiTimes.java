package dev.llmgateway.runtime.source.kubernetes;

/// How patient a pod is with the API server. All in milliseconds.
///
/// @param connect until a connection stands
/// @param answer until a list or a Secret is there whole
/// @param watch how long the server is asked to keep a watch open; it closes it then, and the next
///   one goes on where that one stood
/// @param silence how long after that a watch that has not ended is taken for dead: a connection
///   whose other end is gone without a word is noticed after `watch` + `silence`
/// @param firstPause before the first retry; doubles up to `longestPause`, and half of it is drawn
///   at random
public record ApiTimes(
        long connect, long answer, long watch, long silence, long firstPause, long longestPause) {
    /// Half-open connections end within 25 s (spec: informers live again within 30 s); one request
    /// in 20 s is nothing to an API server.
    public static final ApiTimes DEFAULT = new ApiTimes(2_000, 4_000, 20_000, 5_000, 50, 5_000);
}
