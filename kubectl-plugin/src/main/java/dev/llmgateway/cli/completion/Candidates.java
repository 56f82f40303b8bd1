package dev.llmgateway.cli.completion;

import dev.llmgateway.cli.place.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// What may stand at the end of a command line. Pure.
///
/// @param begin of the last word, which every candidate shares
/// @param kind whose objects' names may stand there as well
record Candidates(String begin, List<String> words, Optional<Kind> kind) {
    private static final Map<String, List<String>> VALUES =
            Map.of(
                    "--provider",
                            List.of(
                                    "Anthropic",
                                    "OpenAI",
                                    "AzureOpenAI",
                                    "Google",
                                    "Qwen",
                                    "OpenAICompatible",
                                    "AnthropicCompatible",
                                    "Simulated"),
                    "--type", List.of("api-key", "oauth", "passthrough", "none"),
                    "--output",
                            List.of("table", "wide", "json", "yaml", "name", "jsonpath=", "key"),
                    "--dry-run", List.of("none", "client", "server"),
                    "--client", List.of("claude-code", "codex", "openai", "anthropic", "curl"),
                    "--by", List.of("key", "account", "owner"),
                    "--lang", List.of("en", "zh"),
                    "--color", List.of("auto", "always", "never"),
                    "--name", List.of("http_proxy", "https_proxy", "no_proxy"));

    private static final Set<String> TAKE_ACCOUNTS = Set.of("upstream");
    private static final Set<String> TAKE_KEYS = Set.of("apikey", "connect", "explain");

    Candidates {
        words = List.copyOf(words);
    }

    /// @param typed without the program's name; the last word is the one to complete
    static Candidates of(CommandLine root, List<String> typed) {
        String last = typed.isEmpty() ? "" : typed.getLast();
        CommandLine line = root;
        String first = "";
        List<String> before = typed.isEmpty() ? List.of() : typed.subList(0, typed.size() - 1);
        for (String word : before) {
            CommandLine next = line.getSubcommands().get(word);
            if (next != null) {
                first = first.isEmpty() ? word : first;
                line = next;
            }
        }
        int equals = last.indexOf('=');
        if (last.startsWith("-") && equals > 0) {
            return new Candidates(last, values(line, last.substring(0, equals)), Optional.empty());
        }
        if (last.startsWith("-")) {
            return new Candidates(last, options(line), Optional.empty());
        }
        boolean verbsNext = !line.getSubcommands().isEmpty();
        return verbsNext
                ? new Candidates(last, verbs(line), Optional.empty())
                : new Candidates(last, List.of(), kind(first));
    }

    private static Optional<Kind> kind(String verb) {
        if (TAKE_ACCOUNTS.contains(verb)) {
            return Optional.of(Kind.ACCOUNT);
        }
        return TAKE_KEYS.contains(verb) ? Optional.of(Kind.KEY) : Optional.empty();
    }

    private static List<String> verbs(CommandLine line) {
        return line.getSubcommands().entrySet().stream()
                .filter(verb -> !verb.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> options(CommandLine line) {
        Set<String> names = new TreeSet<>();
        line.getCommandSpec().options().forEach(option -> names.add(option.longestName()));
        return new ArrayList<>(names);
    }

    private static List<String> values(CommandLine line, String name) {
        OptionSpec option = line.getCommandSpec().findOption(name);
        String known = option == null ? name : option.longestName();
        return VALUES.getOrDefault(known, List.of()).stream()
                .map(value -> name + "=" + value)
                .toList();
    }
}
