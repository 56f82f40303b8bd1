package dev.llmgateway.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.admin.AdminPort;
import dev.llmgateway.cli.print.Json;
import java.util.Optional;

/// Counters of one process, of the last minutes.
public final class UsagePages {
    private UsagePages() {}

    /// `{minutes, keys: {NAMESPACE/NAME: {…}}, accounts: {…}}`; empty: the process did not answer.
    public static Optional<JsonNode> page(AdminPort port, int minutes) {
        return port.get("/usage?since=" + minutes + "m")
                .filter(AdminPort.Answer::ok)
                .map(AdminPort.Answer::json);
    }

    /// Requests, errors and tokens of all accounts together.
    public static JsonNode recent(AdminPort port, int minutes) {
        ObjectNode sum = Json.object();
        page(port, minutes)
                .ifPresent(page -> page.path("accounts").forEach(used -> add(sum, used)));
        return sum;
    }

    /// Adds every number of `used` to the one of that name.
    public static void add(ObjectNode sum, JsonNode used) {
        used.properties()
                .forEach(member -> {
                    if (member.getValue().isNumber()) {
                        sum.put(
                                member.getKey(),
                                sum.path(member.getKey()).asLong() + member.getValue().asLong());
                    }
                });
    }
}
