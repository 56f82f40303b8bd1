package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.place.Objects.Edit;
import dev.llmgateway.cli.print.Yaml;
import java.util.List;

/// A change of single fields of one object, or the YAML for Git where a GitOps tool would undo it.
public final class Change {
    private Change() {}

    /// @param said key of the message that tells what was done; its arguments are kind and name
    public static ExitCode edit(
            Session session,
            Kind kind,
            String name,
            List<Edit> edits,
            ChangeOptions options,
            String said) {
        JsonNode object = session.objects().read(kind, name);
        if (options.leftToGit(object)) {
            String manager = GitOps.manager(object).orElseThrow();
            session.warn("managedByGit", kind.kind(), name, manager);
            session.out().print(Yaml.of(forGit(object, edits)));
            return ExitCode.CONFLICT;
        }
        session.objects().edit(kind, name, edits, options.change());
        session.say(options.change().real() ? said : "dryRun", kind.kind(), name);
        return ExitCode.OK;
    }

    /// What to commit: the object as it should be, without what the cluster added.
    static JsonNode forGit(JsonNode object, List<Edit> edits) {
        JsonNode changed = object;
        for (Edit edit : edits) {
            changed = edit.apply(changed);
        }
        ObjectNode copy = changed.deepCopy();
        copy.remove("status");
        if (copy.get("metadata") instanceof ObjectNode metadata) {
            metadata.retain("name", "namespace", "labels");
        }
        return copy;
    }
}
