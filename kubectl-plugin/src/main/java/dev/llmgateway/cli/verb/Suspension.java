package dev.llmgateway.cli.verb;

import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.place.Objects.Edit;
import dev.llmgateway.cli.print.Json;
import java.util.List;

/// `spec.suspended` of accounts and keys.
final class Suspension {
    private Suspension() {}

    /// An enabled object says nothing, as most manifests do.
    static ExitCode set(
            Session session,
            Kind kind,
            String name,
            boolean suspended,
            ChangeOptions changes,
            WaitOptions waiting) {
        Edit edit =
                suspended
                        ? Edit.set(Json.truth(true), "spec", "suspended")
                        : Edit.unset("spec", "suspended");
        ExitCode code =
                Change.edit(
                        session,
                        kind,
                        name,
                        List.of(edit),
                        changes,
                        suspended ? "disabled" : "enabled");
        if (code == ExitCode.OK && !suspended && changes.change().real()) {
            waiting.ready(session, kind, name);
        }
        return code;
    }
}
