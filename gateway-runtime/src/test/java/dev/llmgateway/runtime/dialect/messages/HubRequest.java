package dev.llmgateway.runtime.dialect.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.plan.CatalogEntry;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.model.Arguments;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Extra;
import dev.llmgateway.runtime.model.Media;
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
import java.util.List;

/// A request built by hand and what the writer makes of it. Unless a test says otherwise it comes
/// from Chat and goes to a model like Claude Sonnet 4.5.
final class HubRequest {
    private static final ObjectMapper MAPPER =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private final List<Part.Text> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private final List<Extra> extras = new ArrayList<>();
    private final List<Slice> stop = new ArrayList<>();
    private WireFormat source = WireFormat.ChatCompletions;
    private ToolChoice choice = new ToolChoice.Unsaid();
    private OutputFormat output = new OutputFormat.Text();
    private Reasoning reasoning = Reasoning.UNSAID;
    private CacheMark cache = CacheMark.None;
    private boolean parallel = true;
    private boolean stream;
    private long maxTokens = 100;
    private Slice temperature = Slice.EMPTY;
    private Slice topP = Slice.EMPTY;
    private Slice topK = Slice.EMPTY;
    private String user = "";
    private String tier = "";
    private String model = "claude-x";
    private String thinking = "B";
    private String sampling = "Full";
    private String midSystem = "System";
    private boolean structured = true;
    private boolean prefill = true;
    private boolean vendor = true;

    /// @param json the body, valid JSON
    record Written(JsonNode json, List<String> notes) {
        String member(String name) {
            JsonNode member = json.path(name);
            return member.isMissingNode() ? "absent" : member.toString();
        }
    }

    /// Asked by a user who says `hi`.
    static HubRequest hi() {
        return new HubRequest().user(text("hi"));
    }

    static Part.Text text(String escaped) {
        return new Part.Text(Slice.of(escaped), CacheMark.None);
    }

    static Part.Text marked(String escaped) {
        return new Part.Text(Slice.of(escaped), CacheMark.Usual);
    }

    static Part.ToolCall call(String name, String escapedArguments) {
        return new Part.ToolCall(
                "call_1", name, new Arguments.Quoted(Slice.of(escapedArguments)), CacheMark.None);
    }

    static Part.ToolResult result(Part... content) {
        return new Part.ToolResult("call_1", List.of(content), false, CacheMark.None);
    }

    static Part.Image image(Media media) {
        return new Part.Image(media, CacheMark.None);
    }

    static Part.Document document(Media media, String title) {
        return new Part.Document(media, Slice.of(title), Slice.EMPTY, false, CacheMark.None);
    }

    static Tool.Function function(String name, String schema, boolean strict) {
        return new Tool.Function(
                name, Slice.EMPTY, Slice.of(schema), strict, Slice.EMPTY, CacheMark.None);
    }

    HubRequest system(Part.Text text) {
        system.add(text);
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

    HubRequest tool(Tool tool) {
        tools.add(tool);
        return this;
    }

    HubRequest choice(ToolChoice of) {
        choice = of;
        return this;
    }

    HubRequest oneCall() {
        parallel = false;
        return this;
    }

    HubRequest stream() {
        stream = true;
        return this;
    }

    HubRequest maxTokens(long tokens) {
        maxTokens = tokens;
        return this;
    }

    HubRequest temperature(String json) {
        temperature = Slice.of(json);
        return this;
    }

    HubRequest topP(String json) {
        topP = Slice.of(json);
        return this;
    }

    HubRequest topK(String json) {
        topK = Slice.of(json);
        return this;
    }

    HubRequest stop(String... escaped) {
        for (String text : escaped) {
            stop.add(Slice.of(text));
        }
        return this;
    }

    HubRequest output(OutputFormat format) {
        output = format;
        return this;
    }

    HubRequest effort(String effort) {
        return thinking(new Reasoning.Thinking.Unsaid(), effort);
    }

    HubRequest thinking(Reasoning.Thinking asked, String effort) {
        reasoning = new Reasoning(asked, effort, "");
        return this;
    }

    HubRequest cache(CacheMark mark) {
        cache = mark;
        return this;
    }

    HubRequest endUser(String id) {
        user = id;
        return this;
    }

    HubRequest tier(String name) {
        tier = name;
        return this;
    }

    HubRequest extra(String name, String json) {
        extras.add(new Extra(name, Slice.of(json)));
        return this;
    }

    HubRequest from(WireFormat format) {
        source = format;
        return this;
    }

    HubRequest toModel(String name) {
        model = name;
        return this;
    }

    /// The catalogue's `thinking`.
    HubRequest thinks(String flag) {
        thinking = flag;
        return this;
    }

    /// The catalogue's `sampling`.
    HubRequest samples(String flag) {
        sampling = flag;
        return this;
    }

    HubRequest nativeMidSystem() {
        midSystem = "Native";
        return this;
    }

    HubRequest withoutStructuredOutputs() {
        structured = false;
        return this;
    }

    HubRequest rejectingPrefill() {
        prefill = false;
        return this;
    }

    HubRequest toCompatible() {
        vendor = false;
        return this;
    }

    ChatRequest request() {
        return new ChatRequest(
                source,
                "asked-for",
                stream,
                false,
                system,
                turns,
                tools,
                choice,
                parallel,
                new Sampling(maxTokens, temperature, topP, topK, stop),
                output,
                reasoning,
                user,
                Slice.EMPTY,
                tier,
                cache,
                extras);
    }

    Target target() {
        CatalogEntry entry =
                new CatalogEntry(
                        "*",
                        "",
                        thinking,
                        sampling,
                        structured,
                        midSystem,
                        prefill,
                        true,
                        false,
                        "max_tokens",
                        true,
                        true,
                        true,
                        false,
                        64_000,
                        200_000,
                        CatalogEntry.Price.UNKNOWN);
        return new Target(model, entry, vendor);
    }

    Written written() {
        return written(new Notes(false));
    }

    Written written(Notes notes) {
        JsonBytes out = new JsonBytes();
        MessagesRequestWriter.write(request(), target(), notes, out);
        return new Written(parsed(out.slice()), notes.all());
    }

    /// The field the refusal names.
    String refused() {
        Refusal refusal = catchThrowableOfType(Refusal.class, this::written);
        assertThat(refusal).isNotNull();
        assertThat(refusal.error().message()).isNotBlank();
        return refusal.error().param();
    }

    static JsonNode parsed(Slice json) {
        try {
            return MAPPER.readTree(json.toString());
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }
}
