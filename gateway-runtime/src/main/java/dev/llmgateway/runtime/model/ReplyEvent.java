package dev.llmgateway.runtime.model;

/// What happens in a reply, whole or streamed, in the terms of all formats. Blocks are numbered
/// from 0 without gaps in the order they open; several may be open at once. Slices live until the
/// event was handled.
public sealed interface ReplyEvent {
    /// Always first, once.
    ///
    /// @param id without the format's prefix (`msg_`, `chatcmpl-`, `resp_`)
    /// @param model as the upstream calls it; empty: not told
    /// @param usage what is known already; [Usage#NONE]: nothing
    record Start(String id, String model, ServiceTier tier, Usage usage) implements ReplyEvent {
        /// Nothing is known of the reply yet.
        public static final Start UNTOLD = new Start("", "", ServiceTier.Untold, Usage.NONE);
    }

    record Open(int block, Block kind) implements ReplyEvent {}

    /// More of a block's text, escaped as the inside of a JSON string.
    record Delta(int block, Slice text) implements ReplyEvent {}

    /// How likely the tokens of the next delta of a text were, and what else could have stood
    /// there; only where the client asked for it.
    ///
    /// @param tokens a list, in OpenAI's form
    record Probabilities(Slice tokens) implements ReplyEvent {}

    /// Signature of a thinking block, whole, before it closes.
    record Signature(int block, Slice signature) implements ReplyEvent {}

    /// @param json the citation object of the upstream's format
    record Citation(int block, Slice json) implements ReplyEvent {}

    record Close(int block) implements ReplyEvent {}

    /// Always last, unless [Fail] is; every block is closed.
    ///
    /// @param detail escaped: the stop sequence met, or the explanation of a refusal; empty: none
    record Finish(StopReason reason, Slice detail, Usage usage) implements ReplyEvent {}

    /// The upstream told an error, or its reply broke off or made no sense.
    record Fail(GatewayError error) implements ReplyEvent {}
}
