package dev.llmgateway.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.print.Cell;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.print.Messages;
import dev.llmgateway.cli.print.Result;
import dev.llmgateway.cli.print.Tone;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Page;
import dev.llmgateway.cli.verb.UsagePages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The one screen, from objects and processes. Pure.
///
/// @param processes `{gateway, name, ready, revision, errors, recent}`
/// @param minutes that `recent` covers
record StatusReport(
        List<JsonNode> gateways,
        List<JsonNode> accounts,
        List<JsonNode> keys,
        List<JsonNode> processes,
        int minutes) {
    StatusReport {
        gateways = List.copyOf(gateways);
        accounts = List.copyOf(accounts);
        keys = List.copyOf(keys);
        processes = List.copyOf(processes);
    }

    /// No process, one that is not ready or behind, or an object that should serve and does not.
    boolean degraded() {
        boolean processesDown =
                processes.isEmpty()
                        || processes.stream().anyMatch(each -> !each.path("ready").asBoolean());
        boolean behind =
                processes.stream()
                                .map(each ->
                                        each.path("gateway").asText()
                                                + " "
                                                + each.path("revision").asText())
                                .distinct()
                                .count()
                        > processes.stream()
                                .map(each -> each.path("gateway").asText())
                                .distinct()
                                .count();
        return processesDown || behind || !problems().isEmpty();
    }

    private List<JsonNode> problems() {
        List<JsonNode> broken = new ArrayList<>();
        for (List<JsonNode> objects : List.of(gateways, accounts, keys)) {
            objects.stream()
                    .filter(each -> !Facts.suspended(each) && !serves(each))
                    .forEach(broken::add);
        }
        return broken;
    }

    private static boolean serves(JsonNode object) {
        String state = Facts.text(object, "/status/state");
        return Facts.ready(object)
                && !state.equals("CredentialInvalid")
                && !state.equals("CoolingDown");
    }

    Result result(Messages messages) {
        return new Result(data(), List.of(), view(messages));
    }

    private ObjectNode data() {
        ObjectNode data = Json.object().put("degraded", degraded());
        data.set("gateways", named(gateways));
        data.set("processes", all(processes));
        ObjectNode states = data.putObject("accounts");
        states().forEach(states::put);
        data.putObject("keys").put("total", keys.size()).put("ready", ready());
        data.put("minutes", minutes);
        data.set("recent", recent());
        data.set("problems", named(problems()));
        return data;
    }

    private static ArrayNode all(List<JsonNode> nodes) {
        ArrayNode array = Json.array();
        nodes.forEach(array::add);
        return array;
    }

    private static ArrayNode named(List<JsonNode> objects) {
        ArrayNode array = Json.array();
        for (JsonNode object : objects) {
            JsonNode ready = Facts.condition(object, "Ready");
            array.addObject()
                    .put("kind", object.path("kind").asText())
                    .put("name", Facts.namespace(object) + "/" + Facts.name(object))
                    .put("ready", ready.path("status").asText())
                    .put("reason", ready.path("reason").asText())
                    .put("message", ready.path("message").asText());
        }
        return array;
    }

    private Map<String, Integer> states() {
        Map<String, Integer> states = new TreeMap<>();
        accounts.forEach(account ->
                states.merge(account.at("/status/state").asText("Pending"), 1, Integer::sum));
        return states;
    }

    private long ready() {
        return keys.stream().filter(Facts::ready).count();
    }

    private ObjectNode recent() {
        ObjectNode sum = Json.object();
        processes.forEach(process -> UsagePages.add(sum, process.path("recent")));
        return sum;
    }

    private Result.View view(Messages messages) {
        Page page = new Page(messages);
        for (JsonNode gateway : gateways) {
            String name = Facts.namespace(gateway) + "/" + Facts.name(gateway);
            page.line(
                    "label.gateway",
                    new Cell(name, Tone.ofCondition(Facts.status(gateway, "Ready"))));
        }
        processes.forEach(process -> page.line("label.process", process(process)));
        List<String> states = new ArrayList<>();
        states().forEach((state, count) -> states.add(state + " " + count));
        page.line("label.accounts", String.join(", ", states))
                .line("label.keys", ready() + "/" + keys.size() + " ready")
                .line("label.served", served(messages, recent()));
        if (!problems().isEmpty()) {
            page.heading("label.problems");
        }
        problems().forEach(problem -> problem(page, problem));
        return page.view();
    }

    private static Cell process(JsonNode process) {
        boolean ready = process.path("ready").asBoolean();
        String name = process.path("name").asText();
        String text =
                name + (ready ? " ready " : " NOT READY ") + process.path("revision").asText();
        return new Cell(text.strip(), ready ? Tone.GOOD : Tone.BAD);
    }

    private static void problem(Page page, JsonNode problem) {
        JsonNode ready = Facts.condition(problem, "Ready");
        boolean stateTells = ready.path("status").asText().equals("True");
        String why =
                stateTells
                        ? Facts.text(problem, "/status/state")
                        : ready.path("reason").asText() + " " + ready.path("message").asText();
        String name = problem.path("kind").asText() + " " + Facts.name(problem);
        page.item(new Cell(name, Tone.BAD), Cell.of(why));
    }

    private String served(Messages messages, ObjectNode recent) {
        return recent.isEmpty()
                ? ""
                : messages.text(
                        "servedLast",
                        minutes,
                        recent.path("requests").asLong(),
                        recent.path("errors").asLong(),
                        recent.path("inputTokens").asLong(),
                        recent.path("outputTokens").asLong());
    }
}
