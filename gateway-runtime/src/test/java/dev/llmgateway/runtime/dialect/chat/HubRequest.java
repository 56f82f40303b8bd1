package dev.llmgateway.runtime.dialect.chat;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.OutputFormat;
import dev.llmgateway.runtime.model.Part;
import dev.llmgateway.runtime.model.Reasoning;
import dev.llmgateway.runtime.model.Role;
import dev.llmgateway.runtime.model.Sampling;
import dev.llmgateway.runtime.model.Slice;
import dev.llmgateway.runtime.model.Tool;
import dev.llmgateway.runtime.model.ToolChoice;
import dev.llmgateway.runtime.model.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A request that says nothing, but for what a test says.
final class HubRequest {
    private WireFormat source = WireFormat.Messages;
    private boolean stream;
    private final List<Part.Text> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private List<Tool> tools = List.of();
    private ToolChoice choice = new ToolChoice.Unsaid();
    private boolean parallel = true;
    private Sampling sampling = sampling(Sampling.UNSAID, "", "", "");
    private OutputFormat output = new OutputFormat.Text();
    private Reasoning reasoning = Reasoning.UNSAID;
    private String user = "";
    private String session = "";
    private String tier = "";
    private CacheMark cache = CacheMark.None;
    private final List<Extra> extras = new ArrayList<>();

    static HubRequest from(WireFormat source) {
        HubRequest request = new HubRequest();
        request.source = source;
        return request;
    }

    static HubRequest messages() {
        return from(WireFormat.Messages);
    }

    static Part.Text text(String escaped) {
        return new Part.Text(Slice.of(escaped), CacheMark.None);
    }

    static Part.Text text(String escaped, CacheMark mark) {
        return new Part.Text(Slice.of(escaped), mark);
    }

    static Sampling sampling(long most, String temperature, String topP, String topK) {
        return new Sampling(most, Slice.of(temperature), Slice.of(topP), Slice.of(topK), List.of());
    }

    static Sampling stops(String... stops) {
        List<Slice> slices = Arrays.stream(stops).map(Slice::of).toList();
        return new Sampling(Sampling.UNSAID, Slice.EMPTY, Slice.EMPTY, Slice.EMPTY, slices);
    }

    HubRequest stream() {
        stream = true;
        return this;
    }

    HubRequest system(Part.Text... texts) {
        system.addAll(List.of(texts));
        return this;
    }

    HubRequest user(Part... parts) {
        turns.add(new Turn(Role.User, List.of(parts)));
        return this;
    }

    HubRequest assistant(Part... parts) {
        turns.add(new Turn(Role.Assistant, List.of(parts)));
        return this;
    }

    HubRequest midSystem(Part... parts) {
        turns.add(new Turn(Role.System, List.of(parts)));
        return this;
    }

    HubRequest tools(Tool... all) {
        tools = List.of(all);
        return this;
    }

    HubRequest choice(ToolChoice wanted) {
        choice = wanted;
        return this;
    }

    HubRequest oneCallATurn() {
        parallel = false;
        return this;
    }

    HubRequest sampling(Sampling wanted) {
        sampling = wanted;
        return this;
    }

    HubRequest output(OutputFormat wanted) {
        output = wanted;
        return this;
    }

    HubRequest reasoning(Reasoning.Thinking thinking, String effort) {
        reasoning = new Reasoning(thinking, effort, "");
        return this;
    }

    HubRequest endUser(String id) {
        user = id;
        return this;
    }

    HubRequest session(String key) {
        session = key;
        return this;
    }

    HubRequest tier(String wanted) {
        tier = wanted;
        return this;
    }

    HubRequest cached() {
        cache = CacheMark.Usual;
        return this;
    }

    HubRequest extra(String name, String json) {
        extras.add(new Extra(name, Slice.of(json)));
        return this;
    }

    ChatRequest build() {
        return new ChatRequest(
                source,
                "asked",
                stream,
                true,
                system,
                turns,
                tools,
                choice,
                parallel,
                sampling,
                output,
                reasoning,
                user,
                Slice.of(session),
                tier,
                cache,
                extras);
    }
}
