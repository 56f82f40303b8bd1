package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonCursor;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Sampling;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.Turn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what a client of Messages asks for (translation.md 2.2, left column).
public final class MessagesRequests {
    private final Reading reading;
    private final Members members;
    private List<Part.Text> system = List.of();
    private @Nullable List<Turn> turns;
    private List<Tool> tools = List.of();

    private MessagesRequests(Notes notes) {
        this.reading = Reading.of(notes);
        this.members = new Members(reading);
    }

    /// @param body one valid JSON object; the hub's slices are views of it
    /// @throws dev.llmgateway.runtime.dialect.translation.Refusal when it makes no sense as a
    ///   request of Messages; what only Anthropic's servers can judge is left to them
    public static ChatRequest read(Slice body, Notes notes) {
        return new MessagesRequests(notes).read(body);
    }

    private ChatRequest read(Slice body) {
        JsonCursor json = JsonCursor.of(body);
        TurnReader turnReader = new TurnReader(reading);
        ToolReader toolReader = new ToolReader(reading);
        json.object();
        while (json.member()) {
            switch (json.key()) {
                case "messages" -> turns = turnReader.turns(json);
                case "system" -> system = turnReader.system(json);
                case "tools" -> tools = toolReader.tools(json);
                default -> members.add(json.key(), json.value());
            }
        }
        json.end();
        return request(conversation(), toolReader.choice(members));
    }

    private List<Turn> conversation() {
        if (turns == null) {
            throw reading.path().refusal("messages", "must be there");
        }
        return turns;
    }

    private ChatRequest request(List<Turn> conversation, ToolReader.Choice choice) {
        reading.notes().messages(conversation);
        int leading = leadingInstructions(conversation);
        OutputReader output = new OutputReader(reading, members);
        return new ChatRequest(
                WireFormat.Messages,
                members.text("model"),
                members.isTrue("stream"),
                true,
                instructions(conversation.subList(0, leading)),
                conversation.subList(leading, conversation.size()),
                tools,
                choice.choice(),
                choice.parallel(),
                sampling(),
                output.format(),
                output.reasoning(),
                user(),
                Slice.EMPTY,
                members.text("service_tier"),
                CacheControl.of(members, reading),
                extras(output));
    }

    /// Anthropic refuses instructions as the first message; their meaning is clear nevertheless.
    private static int leadingInstructions(List<Turn> conversation) {
        int count = 0;
        while (count < conversation.size() && conversation.get(count).role() == Role.System) {
            count++;
        }
        return count;
    }

    private List<Part.Text> instructions(List<Turn> leading) {
        List<Part.Text> all = new ArrayList<>(system);
        for (Turn turn : leading) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.Text text && !text.text().isEmpty()) {
                    all.add(text);
                }
            }
        }
        return all;
    }

    private Sampling sampling() {
        return new Sampling(
                members.count("max_tokens", Sampling.UNSAID),
                members.number("temperature"),
                members.number("top_p"),
                members.number("top_k"),
                stop());
    }

    private List<Slice> stop() {
        List<Slice> texts = new ArrayList<>();
        for (Slice value : members.list("stop_sequences")) {
            if (value.at(0) != '"') {
                throw reading.path().refusal("stop_sequences", "must be a list of strings");
            }
            texts.add(Members.inside(value));
        }
        return texts;
    }

    private String user() {
        int here = reading.path().into("metadata");
        Members metadata = members.object("metadata");
        String user = metadata.text("user_id");
        metadata.noteRest();
        reading.path().back(here);
        return user;
    }

    private List<Extra> extras(OutputReader output) {
        List<Extra> extras = new ArrayList<>(output.extras());
        extras.addAll(members.rest());
        return extras;
    }
}
