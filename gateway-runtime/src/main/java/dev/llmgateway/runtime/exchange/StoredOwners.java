package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.ErrorCode;
import dev.llmgateway.runtime.model.GatewayError;
import dev.llmgateway.runtime.routing.Decision;
import dev.llmgateway.runtime.routing.Question;

/// Which account has what a request refers to.
final class StoredOwners {
    private final Snapshot snapshot;
    private final Question question;

    StoredOwners(Snapshot snapshot, Question question) {
        this.snapshot = snapshot;
        this.question = question;
    }

    /// Of the candidates, those that have the response.
    Decision having(Decision all, String id) {
        return all.speaking(WireFormat.Responses).among(account -> has(account, id));
    }

    /// The account that has the response, whatever its models.
    Decision owner(String id) {
        return snapshot.routes().owner(question, account -> keeps(account) && has(account, id));
    }

    private static boolean keeps(AccountPlan account) {
        return account.provider() != Provider.Simulated;
    }

    private boolean has(AccountPlan account, String id) {
        String namespace = question.caller().key().ref().namespace();
        return snapshot.ids().owns(account, namespace, id);
    }

    /// Not found, not permitted and not ours read the same to the caller.
    static GatewayError unknown(String id, String param) {
        ErrorCode code = param.isEmpty() ? ErrorCode.NOT_FOUND : ErrorCode.BAD_REQUEST;
        String shown = id.length() > 100 ? id.substring(0, 100) : id;
        return new GatewayError(
                code,
                "Response '" + shown + "' does not exist, or this API key has no access to it.",
                param,
                0);
    }

    /// A conversation's id says nothing of its account.
    static GatewayError conversation() {
        return new GatewayError(
                ErrorCode.BAD_REQUEST,
                "conversation: pooled accounts share no conversations; go on with"
                        + " previous_response_id, or send the conversation whole.",
                "conversation",
                0);
    }
}
