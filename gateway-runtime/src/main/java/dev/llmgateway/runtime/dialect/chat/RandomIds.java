package dev.llmgateway.runtime.dialect.chat;

import java.util.random.RandomGenerator;

/// Ids in place of those an upstream left out.
final class RandomIds {
    private static final String LETTERS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static final int LENGTH = 24;

    private RandomIds() {}

    static String of(RandomGenerator random, String prefix) {
        StringBuilder id = new StringBuilder(prefix.length() + LENGTH).append(prefix);
        for (int i = 0; i < LENGTH; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}
