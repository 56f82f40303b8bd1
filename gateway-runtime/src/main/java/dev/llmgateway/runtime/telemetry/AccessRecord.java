package dev.llmgateway.runtime.telemetry;

import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.runtime.model.Usage;
import org.jspecify.annotations.Nullable;

/// What the access log tells of one request. Holds no prompt and no secret.
///
/// @param epochMillis when the request's head had arrived
/// @param key null: not authenticated
/// @param ownerKind of the key's owner, with `ownerName`; empty: none
/// @param formatIn wire format of the request; empty: unknown
/// @param formatOut wire format spoken upstream; empty: no upstream was called
/// @param modelAsked as the client named it
/// @param modelServed as the upstream was asked; empty: no upstream was called
/// @param account null: no upstream was called
/// @param status sent to the client; 0: it left before any
/// @param outcome one of the constants of `Outcome`
/// @param totalMillis until the end
/// @param firstByteMillis until the first reply byte went out; -1: none did
/// @param warnings what a translation lost, `field=reason; …`; empty: nothing
/// @param failure of the last attempt that failed, for people; empty: none did
/// @param upstreamMillis from the upstream call's start to its first reply byte; -1: no reply
public record AccessRecord(
        long epochMillis,
        String requestId,
        @Nullable ObjectRef key,
        String ownerKind,
        String ownerName,
        String formatIn,
        String formatOut,
        String modelAsked,
        String modelServed,
        @Nullable ObjectRef account,
        int attempts,
        int status,
        Outcome outcome,
        Usage usage,
        long totalMillis,
        long firstByteMillis,
        long upstreamMillis,
        long bytesIn,
        long bytesOut,
        boolean stream,
        String warnings,
        String failure) {}
