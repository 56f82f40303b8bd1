package dev.llmgateway.operator.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.plan.Revision;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One answer of `/report`: what changed behind the step that was asked for.
///
/// @param process names the process: when it began, epoch milliseconds
/// @param sequence last step of the process, to be asked behind next time
/// @param complete everything is told, not only what changed
/// @param revision in force; `NONE`: none yet
/// @param errors bundles the process refused or could not read
/// @param problems why, for people
public record ReportPage(
        long process,
        long sequence,
        boolean complete,
        Revision revision,
        long appliedAtMillis,
        boolean draining,
        int errors,
        List<String> problems,
        Map<String, AccountReport> accounts,
        Usage usage) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public ReportPage {
        problems = List.copyOf(problems);
        accounts = Map.copyOf(accounts);
    }

    /// Fields this release does not know are ignored; an account in an unknown state is left out.
    ///
    /// @throws IOException when it is no report
    public static ReportPage parse(String text) throws IOException {
        try {
            JsonNode page = JSON.readTree(text);
            if (!page.path("sequence").isIntegralNumber()) {
                throw new IOException("the answer is no report");
            }
            return new ReportPage(
                    page.path("process").asLong(),
                    page.path("sequence").asLong(),
                    page.path("complete").asBoolean(),
                    revision(page.path("revision").asText("")),
                    page.path("appliedAtMillis").asLong(),
                    page.path("draining").asBoolean(),
                    page.path("errors").asInt(),
                    problems(page.path("problems")),
                    accounts(page.path("accounts")),
                    new Usage(
                            counts(page.path("usage").path("accounts")),
                            counts(page.path("usage").path("keys"))));
        } catch (JsonProcessingException | IllegalArgumentException _) {
            // Their messages may quote the page.
            throw new IOException("the answer is no report");
        }
    }

    private static Revision revision(String text) {
        return text.isEmpty() ? Revision.NONE : Revision.parse(text);
    }

    private static List<String> problems(JsonNode list) {
        List<String> problems = new ArrayList<>();
        list.forEach(problem -> problems.add(problem.asText()));
        return problems;
    }

    private static Map<String, AccountReport> accounts(JsonNode list) {
        Map<String, AccountReport> accounts = new TreeMap<>();
        for (JsonNode entry : list) {
            state(entry)
                    .ifPresent(state ->
                            accounts.put(entry.path("uid").asText(), account(entry, state)));
        }
        return accounts;
    }

    private static AccountReport account(JsonNode entry, State state) {
        List<AccountReport.ModelReport> models = new ArrayList<>();
        for (JsonNode model : entry.path("models")) {
            state(model)
                    .ifPresent(word ->
                            models.add(
                                    new AccountReport.ModelReport(
                                            model.path("model").asText(),
                                            word,
                                            model.path("untilMillis").asLong())));
        }
        return new AccountReport(
                entry.path("uid").asText(),
                entry.path("account").asText(),
                state,
                entry.path("untilMillis").asLong(),
                failure(entry.path("failure")),
                entry.path("refused").asText(""),
                models);
    }

    private static Optional<AccountReport.Failure> failure(JsonNode node) {
        return node.isObject()
                ? Optional.of(
                        new AccountReport.Failure(
                                node.path("class").asText(),
                                node.path("status").asInt(),
                                node.path("spent").asBoolean(),
                                node.path("atMillis").asLong()))
                : Optional.empty();
    }

    private static Optional<State> state(JsonNode entry) {
        return switch (entry.path("state").asText()) {
            case "Active" -> Optional.of(State.Active);
            case "CoolingDown" -> Optional.of(State.CoolingDown);
            case "CredentialInvalid" -> Optional.of(State.CredentialInvalid);
            default -> Optional.empty();
        };
    }

    private static Map<String, Counts> counts(JsonNode byUid) {
        Map<String, Counts> counts = new TreeMap<>();
        byUid.properties()
                .forEach(entry -> {
                    JsonNode used = entry.getValue();
                    counts.put(
                            entry.getKey(),
                            new Counts(
                                    used.path("requests").asLong(),
                                    used.path("errors").asLong(),
                                    used.path("inputTokens").asLong(),
                                    used.path("outputTokens").asLong(),
                                    used.path("cacheReadTokens").asLong(),
                                    used.path("cacheWriteTokens").asLong(),
                                    0));
                });
        return counts;
    }
}
