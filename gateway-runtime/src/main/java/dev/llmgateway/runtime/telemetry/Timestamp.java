package dev.llmgateway.runtime.telemetry;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Writes RFC 3339 times in UTC; the text of the last second is kept, since many lines share it.
final class Timestamp {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private long second = Long.MIN_VALUE;
    private String text = "";

    void append(long epochMillis, JsonLine line) {
        long current = Math.floorDiv(epochMillis, 1_000L);
        if (current != second) {
            second = current;
            text = SECONDS.format(Instant.ofEpochSecond(current));
        }
        int millis = (int) Math.floorMod(epochMillis, 1_000L);
        line.ascii(text).put('.').put(digit(millis / 100)).put(digit(millis / 10));
        line.put(digit(millis)).put('Z');
    }

    private static char digit(int number) {
        return (char) ('0' + number % 10);
    }
}
