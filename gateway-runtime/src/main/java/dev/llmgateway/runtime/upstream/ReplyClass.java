package dev.llmgateway.runtime.upstream;

import dev.llmgateway.runtime.model.FailureClass;

/// What a reply's status (and, for failures, the start of its body) says.
public sealed interface ReplyClass {
    /// 2xx.
    record Success() implements ReplyClass {}

    /// @param spent the account's money or quota window is used up: park it until the reset, else
    ///   one try a minute, instead of an ordinary cool-down
    record Failed(FailureClass failure, boolean spent) implements ReplyClass {}
}
