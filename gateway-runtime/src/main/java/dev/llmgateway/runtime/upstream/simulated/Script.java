package dev.llmgateway.runtime.upstream.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the model says, before any format: thinking, then text, then perhaps one tool call.
///
/// @param thinking words with the spaces before them; empty: no thinking
/// @param text words with the spaces before them, one delta each
/// @param outputTokens words of thinking, text and call, at least 1
record Script(
        Prompt prompt,
        List<String> thinking,
        List<String> text,
        Optional<Call> call,
        Finish finish,
        int outputTokens) {
    Script {
        thinking = List.copyOf(thinking);
        text = List.copyOf(text);
    }

    /// One tool call; `arguments` is a JSON object's text.
    record Call(String name, String arguments) {}

    /// Why the reply ends.
    enum Finish {
        Stop,
        Length,
        ToolCall
    }

    private static final String FRIENDLY = "Hello from the simulated provider. Everything works.";
    private static final String THOUGHT = "The question is simple, so a short answer will do.";

    /// Pure: the same prompt always gets the same script.
    static Script of(Scenario scenario, Prompt prompt) {
        return switch (scenario) {
            case Scenario.Echo() -> spoken(prompt, "", echo(prompt));
            case Scenario.Tool() -> tool(prompt);
            case Scenario.Thinking() -> spoken(prompt, THOUGHT, FRIENDLY);
            case Scenario.Wordy(int words) -> spoken(prompt, "", counted(words));
            case Scenario.Friendly _,
                    Scenario.Slow _,
                    Scenario.Cut _,
                    Scenario.OverloadedEvent _,
                    Scenario.Refuse _,
                    Scenario.Hang _ ->
                    spoken(prompt, "", FRIENDLY);
        };
    }

    String joinedText() {
        return String.join("", text);
    }

    String joinedThinking() {
        return String.join("", thinking);
    }

    /// Tokens of thinking, part of `outputTokens`.
    int thinkingTokens() {
        return thinking.size();
    }

    private static String echo(Prompt prompt) {
        return prompt.lastUserText().isEmpty() ? FRIENDLY : prompt.lastUserText();
    }

    private static Script tool(Prompt prompt) {
        if (prompt.toolResult().isPresent()) {
            return spoken(prompt, "", "The tool answered: " + prompt.toolResult().get());
        }
        if (prompt.tool().isEmpty()) {
            return spoken(prompt, "", "No tool was declared.");
        }
        DeclaredTool tool = prompt.tool().get();
        String arguments = SchemaExample.arguments(tool.schema()).toString();
        Call call = new Call(tool.name(), arguments);
        int tokens = Math.max(1, words(arguments).size());
        return new Script(prompt, List.of(), List.of(), Optional.of(call), Finish.ToolCall, tokens);
    }

    private static Script spoken(Prompt prompt, String thinking, String text) {
        List<String> thoughts = words(thinking);
        List<String> words = words(text);
        int room = Math.max(1, prompt.maxTokens() - thoughts.size());
        boolean cut = words.size() > room;
        List<String> said = cut ? words.subList(0, room) : words;
        Finish finish = cut ? Finish.Length : Finish.Stop;
        int tokens = Math.max(1, thoughts.size() + said.size());
        return new Script(prompt, thoughts, said, Optional.empty(), finish, tokens);
    }

    private static String counted(int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= words; i++) {
            text.append(i == 1 ? "word" : " word").append(i);
        }
        return text.toString();
    }

    /// Cuts behind words, keeping every character: each piece is one word with the white space
    /// before it.
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < text.length(); i++) {
            boolean wordEnds =
                    Character.isWhitespace(text.charAt(i))
                            && !Character.isWhitespace(text.charAt(i - 1));
            if (wordEnds) {
                words.add(text.substring(start, i));
                start = i;
            }
        }
        if (start < text.length()) {
            words.add(text.substring(start));
        }
        return words;
    }
}
