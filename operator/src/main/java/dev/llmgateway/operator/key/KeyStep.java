package dev.llmgateway.operator.key;

import dev.llmgateway.crds.api.GeneratedKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// What the Secret of a generated key needs.
sealed interface KeyStep {
    String API_KEY = "api-key";
    String SHA256 = "sha256";
    String PREVIOUS = "previous-sha256";
    String NOT_AFTER = "previous-not-after";
    String REVISION = "revision";

    /// Nothing.
    record Keep() implements KeyStep {}

    /// All of this at once: one write per rotation, so that a crash never yields two keys.
    record Write(Map<String, String> values) implements KeyStep {
        public Write {
            values = Map.copyOf(values);
        }

        /// Names no value.
        @Override
        public String toString() {
            return "Write" + new TreeMap<>(values).keySet();
        }
    }

    /// @param revision that is asked for; a lower one than the Secret has changes nothing
    /// @param overlap how long the former key stays valid
    /// @param values of the Secret; empty: there is none, or somebody emptied it
    static KeyStep of(
            int revision,
            Duration overlap,
            Map<String, String> values,
            Instant now,
            RandomGenerator random) {
        String sha256 = values.getOrDefault(SHA256, "");
        if (sha256.isEmpty()) {
            return new Write(fresh(revision, random));
        }
        if (revision <= number(values.getOrDefault(REVISION, ""))) {
            return new Keep();
        }
        Map<String, String> rotated = fresh(revision, random);
        if (overlap.isPositive()) {
            rotated.put(PREVIOUS, sha256);
            rotated.put(NOT_AFTER, now.plus(overlap).truncatedTo(ChronoUnit.SECONDS).toString());
        }
        return new Write(rotated);
    }

    private static Map<String, String> fresh(int revision, RandomGenerator random) {
        GeneratedKey key = GeneratedKey.create(random);
        Map<String, String> values = new TreeMap<>();
        values.put(API_KEY, key.text());
        values.put(SHA256, key.sha256());
        values.put(REVISION, Integer.toString(revision));
        return values;
    }

    /// What is no number was changed by hand; the next rotation sets it right.
    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
