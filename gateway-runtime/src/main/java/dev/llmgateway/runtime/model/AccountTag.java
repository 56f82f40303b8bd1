package dev.llmgateway.runtime.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A short name of an account that clients may see: it tells the account again and nothing about
/// it.
public final class AccountTag {
    /// Hexadecimal digits.
    public static final int LENGTH = 8;

    private AccountTag() {}

    /// First digits of SHA-256 (spec/http.md).
    public static String of(String accountUid) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(accountUid.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, LENGTH / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
