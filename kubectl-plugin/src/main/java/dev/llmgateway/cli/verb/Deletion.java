package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Kind;

/// Removal of one object.
public final class Deletion {
    private Deletion() {}

    public static ExitCode of(
            Session session, Kind kind, JsonNode object, boolean yes, ChangeOptions changes) {
        String name = Facts.name(object);
        if (changes.leftToGit(object)) {
            session.warn("removeInGit", kind.kind(), name, GitOps.manager(object).orElseThrow());
            return ExitCode.CONFLICT;
        }
        if (changes.change().real()) {
            Removal.confirm(session, yes, kind.kind() + " " + name);
        }
        session.objects().remove(kind, name, changes.change());
        session.say(changes.change().real() ? "removed" : "dryRun", kind.kind(), name);
        return ExitCode.OK;
    }
}
