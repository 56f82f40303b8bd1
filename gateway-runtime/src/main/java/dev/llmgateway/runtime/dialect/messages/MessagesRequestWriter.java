package dev.llmgateway.runtime.dialect.messages;

import dev.llmgateway.runtime.dialect.json.JsonBytes;
import dev.llmgateway.runtime.dialect.translation.Notes;
import dev.llmgateway.runtime.dialect.translation.Refusal;
import dev.llmgateway.runtime.dialect.translation.Target;
import dev.llmgateway.runtime.model.CacheMark;
import dev.llmgateway.runtime.model.ChatRequest;
import dev.llmgateway.runtime.model.Sampling;

/// Writes a request in the hub's terms as the body of a Messages call (translation.md 2.1).
public final class MessagesRequestWriter {
    /// Where the client set no limit, which Anthropic requires; tokens.
    private static final long DEFAULT_MAX_TOKENS = 32_000;

    /// Above it the official SDKs expect a reply to last over ten minutes and refuse to wait for it
    /// without a stream; tokens.
    private static final long MOST_WITHOUT_STREAM = 21_333;

    /// Characters of `metadata.user_id`.
    private static final int MOST_USER = 256;

    private MessagesRequestWriter() {}

    /// Whether the upstream is asked for a stream although the client waits for one document.
    public static boolean needsStreaming(ChatRequest request, Target target) {
        return !request.stream() && maxTokens(request, target) > MOST_WITHOUT_STREAM;
    }

    /// The body says `stream` where the client asked for it and where [#needsStreaming].
    ///
    /// @param asked ordered, with names and ids that are legal
    /// @param out after a [Refusal] it holds a torso
    /// @throws Refusal when something cannot be carried and must not be left out
    public static void write(ChatRequest asked, Target target, Notes notes, JsonBytes out) {
        ChatRequest request = Thoughts.unsealed(asked, target);
        int start = out.length();
        int over = write(request, target, notes, out, new CacheMarks(0));
        if (over > 0) {
            notes.lost("cache_control", "only the last 4 marks are kept");
            out.cut(start);
            write(request, target, notes, out, new CacheMarks(over));
        }
    }

    /// @return how many cache marks are too many
    private static int write(
            ChatRequest request, Target target, Notes notes, JsonBytes out, CacheMarks marks) {
        long maxTokens = maxTokens(request, target);
        SystemPlacement placement = SystemPlacement.of(request, target);
        ThinkingPlan thinking =
                new ThinkingChoice(request, target, notes, maxTokens).plan(placement);
        Draft draft =
                new Draft(
                        request,
                        target,
                        notes,
                        out,
                        marks,
                        placement,
                        thinking,
                        Draft.wrapped(request));
        checkEnd(draft);
        out.objectStart().member("model", target.model()).member("max_tokens", maxTokens);
        if (request.stream() || needsStreaming(request, target)) {
            out.member("stream", true);
        }
        new ToolsWriter(draft).write();
        OutputWriter output = new OutputWriter(draft);
        new SystemWriter(draft, output).write();
        new TurnsWriter(draft).write();
        SamplingWriter.write(draft);
        thinking.write(out);
        output.write();
        writeUser(request, out);
        new ExtrasWriter(draft).write();
        CacheMark whole = AutomaticCache.mark(request, target, marks.seen());
        CacheMarks.write(whole, out);
        out.objectEnd();
        return marks.seen() + (whole == CacheMark.None ? 0 : 1) - CacheMarks.MOST;
    }

    private static long maxTokens(ChatRequest request, Target target) {
        long asked = request.sampling().maxTokens();
        return asked == Sampling.UNSAID
                ? Math.min(target.entry().maxOutput(), DEFAULT_MAX_TOKENS)
                : asked;
    }

    private static void checkEnd(Draft draft) {
        if (draft.placement().endsWithAssistant() && !draft.target().entry().prefill()) {
            throw new Refusal(
                    draft.path(draft.placement().messages().getLast().index()),
                    "the model does not go on with a last message of the assistant, end with one"
                            + " of the user");
        }
    }

    private static void writeUser(ChatRequest request, JsonBytes out) {
        String user = request.user();
        if (user.isEmpty()) {
            return;
        }
        int end = Math.min(user.length(), MOST_USER);
        if (end < user.length() && Character.isHighSurrogate(user.charAt(end - 1))) {
            end--;
        }
        out.name("metadata").objectStart().member("user_id", user.substring(0, end)).objectEnd();
    }
}
