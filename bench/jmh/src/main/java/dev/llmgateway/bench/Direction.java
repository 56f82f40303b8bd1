package dev.llmgateway.bench;

import dev.llmgateway.crds.plan.WireFormat;

/// An upstream's format and a client's.
public enum Direction {
    ChatToMessages(WireFormat.ChatCompletions, WireFormat.Messages),
    MessagesToChat(WireFormat.Messages, WireFormat.ChatCompletions),
    ChatToResponses(WireFormat.ChatCompletions, WireFormat.Responses),
    MessagesToResponses(WireFormat.Messages, WireFormat.Responses),
    ResponsesToChat(WireFormat.Responses, WireFormat.ChatCompletions),
    ResponsesToMessages(WireFormat.Responses, WireFormat.Messages);

    final WireFormat upstream;
    final WireFormat client;

    Direction(WireFormat upstream, WireFormat client) {
        this.upstream = upstream;
        this.client = client;
    }
}
