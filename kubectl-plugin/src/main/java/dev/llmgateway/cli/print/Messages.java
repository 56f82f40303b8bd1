package dev.llmgateway.cli.print;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// What the program says to people, in one language. Texts stand in `messages.properties` (English)
/// and `messages_zh.properties`; `{0}` stands for the first argument, and a text that is not
/// translated is said in English.
public final class Messages {
    private final Map<String, String> texts;

    private Messages(Map<String, String> texts) {
        this.texts = texts;
    }

    /// @param language `en` or `zh`, or a locale such as `zh_CN.UTF-8`; anything unknown is English
    public static Messages of(String language) {
        Map<String, String> texts = new TreeMap<>(load("messages.properties"));
        if (isChinese(language)) {
            texts.putAll(load("messages_zh.properties"));
        }
        return new Messages(texts);
    }

    public static boolean isChinese(String language) {
        return language.toLowerCase(Locale.ROOT).startsWith("zh");
    }

    static Map<String, String> load(String file) {
        Properties properties = new Properties();
        try (InputStream in = Messages.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not in the jar");
            }
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }

    public boolean has(String key) {
        return texts.containsKey(key);
    }

    /// @throws IllegalArgumentException a key that no bundle has is a mistake in the program
    public String text(String key, Object... arguments) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("no message " + key);
        }
        for (int i = 0; i < arguments.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
        }
        return text;
    }
}
