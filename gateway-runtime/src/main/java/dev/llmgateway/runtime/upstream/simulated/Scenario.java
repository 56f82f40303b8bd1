package dev.llmgateway.runtime.upstream.simulated;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a model name asks the simulated provider to play.
sealed interface Scenario {
    /// A fixed sentence.
    record Friendly() implements Scenario {}

    /// Repeats the last user message.
    record Echo() implements Scenario {}

    /// Calls the first declared tool; quotes the result once there is one.
    record Tool() implements Scenario {}

    /// Thinks before it speaks.
    record Thinking() implements Scenario {}

    /// Takes its time.
    ///
    /// @param gapMillis between two events of a stream
    record Slow(long gapMillis) implements Scenario {}

    /// As many words as asked for.
    record Wordy(int words) implements Scenario {}

    /// An HTTP error in the vendor's shape.
    ///
    /// @param retryAfterSeconds sent as `retry-after`; 0: not sent
    record Refuse(int status, long retryAfterSeconds) implements Scenario {}

    /// Breaks off in mid-text.
    record Cut() implements Scenario {}

    /// 200, then the format's error event.
    record OverloadedEvent() implements Scenario {}

    /// Never answers.
    record Hang() implements Scenario {}

    long USUAL_GAP_MILLIS = 20;
    long MOST_GAP_MILLIS = 60_000;
    int MOST_WORDS = 10_000;
    long MOST_RETRY_AFTER_SECONDS = 31_536_000;

    Pattern NAME = Pattern.compile("simulated-([a-z-]+?|[45]\\d\\d)(?:-(\\d{1,9}))?");

    /// Numbers in a name are bounded, so that no name can make the gateway work for long.
    static Scenario of(String model) {
        Matcher name = NAME.matcher(model);
        if (!name.matches()) {
            return new Friendly();
        }
        String word = name.group(1);
        long number = name.group(2) == null ? -1 : Long.parseLong(name.group(2));
        if (Character.isDigit(word.charAt(0))) {
            return refusal(Integer.parseInt(word), number);
        }
        return switch (word) {
            case "echo" -> new Echo();
            case "tool" -> new Tool();
            case "thinking" -> new Thinking();
            case "slow" ->
                    new Slow(number < 0 ? USUAL_GAP_MILLIS : Math.min(number, MOST_GAP_MILLIS));
            case "long" -> new Wordy(Math.clamp(number < 0 ? 200 : number, 1, MOST_WORDS));
            case "cut" -> new Cut();
            case "overloaded-event" -> new OverloadedEvent();
            case "hang" -> new Hang();
            default -> new Friendly();
        };
    }

    private static Scenario refusal(int status, long seconds) {
        if (status != 429) {
            return new Refuse(status, 0);
        }
        return new Refuse(status, seconds < 0 ? 1 : Math.min(seconds, MOST_RETRY_AFTER_SECONDS));
    }
}
