package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Words of a closed list, as people type them: `anthropic`, `openai-compatible`.
public final class Words {
    private Words() {}

    /// @param option named in the failure, with every word of the list
    public static <E extends Enum<E>> E choose(Class<E> type, String word, String option) {
        for (E each : type.getEnumConstants()) {
            if (plain(each.name()).equals(plain(word))) {
                return each;
            }
        }
        String known =
                Stream.of(type.getEnumConstants())
                        .map(Enum::name)
                        .collect(Collectors.joining(", "));
        throw new Failure(ExitCode.USAGE, "unknownWord", option, word, known);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
