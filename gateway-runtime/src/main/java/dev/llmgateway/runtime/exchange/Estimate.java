package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.admission.Verdict;
import dev.llmgateway.runtime.dialect.Operation;
import dev.llmgateway.runtime.routing.Question;
import dev.llmgateway.runtime.transport.RequestBody;
import dev.llmgateway.runtime.transport.Response;

/// How many tokens a request has, about, where no upstream counts them: marked as what it is
/// (translation.md 9).
///
/// @param operation `CountTokens` or `InputTokens`
record Estimate(Snapshot snapshot, Verdict.Admitted admitted, Operation operation) {
    /// @throws dev.llmgateway.runtime.dialect.translation.Refusal when the body makes no sense
    Response answer(String model, RequestBody body, Workspace workspace, String requestId) {
        boolean responses = operation == Operation.InputTokens;
        WireFormat format = responses ? WireFormat.Responses : WireFormat.Messages;
        var question = new Question(admitted.caller(), model, format, admitted.ownCredential());
        if (snapshot.routes().decide(question).isEmpty()) {
            WireFormat answer = responses ? WireFormat.Responses : WireFormat.CountTokens;
            return Answers.error(Faults.modelNotFound(model), answer, requestId);
        }
        long tokens = Translation.estimate(format, body, workspace);
        return Answers.estimate(tokens, responses, requestId);
    }
}
