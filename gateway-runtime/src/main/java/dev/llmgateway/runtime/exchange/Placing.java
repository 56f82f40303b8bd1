package dev.llmgateway.runtime.exchange;

import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.admission.Verdict;
import dev.llmgateway.runtime.dialect.Detection;
import dev.llmgateway.runtime.dialect.Operation;
import dev.llmgateway.runtime.dialect.Route;
import dev.llmgateway.runtime.dialect.json.BodyFacts;
import dev.llmgateway.runtime.dialect.json.Span;
import dev.llmgateway.runtime.routing.Decision;
import dev.llmgateway.runtime.routing.Question;
import dev.llmgateway.runtime.transport.RequestBody;
import dev.llmgateway.runtime.transport.RequestHead;
import org.jspecify.annotations.Nullable;

/// Finds the accounts for a request that is understood and permitted: by its model, or by the
/// stored response that it goes on from or asks for, which only one account has.
record Placing(RequestHead head, Route route, Snapshot snapshot, Verdict.Admitted admitted) {
    Placement of(Detection detection, BodyFacts facts, RequestBody body) {
        Question question = question(facts.model(), detection.request());
        Decision all = snapshot.routes().decide(question);
        Decision decision = Order.nativeOnly(route) ? all.speaking(detection.request()) : all;
        if (decision.isEmpty() && route.operation() == Operation.CountTokens) {
            decision = countedByOpenAi(facts.model());
        }
        Continuation goesOn = Continuation.NONE;
        if (detection.request() == WireFormat.Responses && !decision.isEmpty()) {
            goesOn = Continuation.read(facts, body);
            if (goesOn.conversation() && !admitted.ownCredential()) {
                return new Placement.Refused(StoredOwners.conversation());
            }
            if (!goesOn.previous().isEmpty()) {
                decision = new StoredOwners(snapshot, question).having(all, goesOn.previous());
            }
            if (decision.isEmpty()) {
                return new Placement.Refused(
                        StoredOwners.unknown(goesOn.previous(), "previous_response_id"));
            }
        }
        if (decision.isEmpty()) {
            return new Placement.Nobody(
                    !all.isEmpty() || decision.onlyFormatDiffers()
                            ? Faults.needsTranslation(detection.request(), facts.model())
                            : Faults.modelNotFound(facts.model()));
        }
        return new Order(
                head,
                route,
                detection.request(),
                detection.answer(),
                facts,
                body,
                stored(goesOn),
                ids(goesOn.stores()),
                decision,
                Omission.NONE,
                admitted.ownCredential());
    }

    /// Accounts that count tokens in a way of their own, as OpenAI does; compatible servers do not.
    private Decision countedByOpenAi(String model) {
        return snapshot.routes()
                .decide(question(model, WireFormat.Messages))
                .speaking(WireFormat.Responses)
                .among(account -> account.provider() == Provider.OpenAI);
    }

    private static StoredResponse stored(Continuation goesOn) {
        String id = goesOn.previous();
        return id.isEmpty()
                ? StoredResponse.NONE
                : new StoredResponse(id, ResponseIds.original(id), goesOn.place());
    }

    /// Of a request for a stored response itself.
    Placement stored(RequestBody body) {
        String id = route.id();
        Decision decision =
                new StoredOwners(snapshot, question("", WireFormat.Responses)).owner(id);
        if (decision.isEmpty()) {
            return new Placement.Refused(StoredOwners.unknown(id, ""));
        }
        return new Order(
                head,
                route,
                WireFormat.Responses,
                WireFormat.Responses,
                BodyFacts.NONE,
                body,
                new StoredResponse(id, ResponseIds.original(id), new Span(0, 0)),
                ids(true),
                decision,
                Omission.NONE,
                admitted.ownCredential());
    }

    private Question question(String model, WireFormat format) {
        return new Question(admitted.caller(), model, format, admitted.ownCredential());
    }

    /// @return null: they stay as they are
    private @Nullable ReplyIds ids(boolean stores) {
        return stores && !snapshot.ids().none()
                ? new ReplyIds(snapshot.ids(), admitted.caller().key().ref().namespace())
                : null;
    }
}
