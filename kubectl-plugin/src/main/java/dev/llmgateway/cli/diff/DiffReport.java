package dev.llmgateway.cli.diff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.llmgateway.cli.offline.Routes;
import dev.llmgateway.cli.print.Cell;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.print.Result;
import dev.llmgateway.cli.print.Tone;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.KeyPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import dev.llmgateway.crds.plan.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The difference of two sets of plans, in what clients would notice. Pure.
record DiffReport(List<Entry> entries) {
    DiffReport {
        entries = List.copyOf(entries);
    }

    /// @param change `+`, `-` or `~`
    /// @param detail of a re-routed model: who served it and who would
    record Entry(String change, String what, String name, String detail) {}

    static DiffReport of(
            SortedMap<ObjectRef, GatewayPlan> before, SortedMap<ObjectRef, GatewayPlan> after) {
        List<Entry> entries = new ArrayList<>();
        Set<ObjectRef> gateways = new TreeSet<>(before.keySet());
        gateways.addAll(after.keySet());
        for (ObjectRef gateway : gateways) {
            GatewayPlan old = before.get(gateway);
            GatewayPlan next = after.get(gateway);
            if (old == null || next == null) {
                entries.add(new Entry(old == null ? "+" : "-", "gateway", gateway.toString(), ""));
            } else {
                objects(
                        entries,
                        "account",
                        byRef(old.accounts(), AccountPlan::ref),
                        byRef(next.accounts(), AccountPlan::ref));
                objects(
                        entries,
                        "key",
                        byRef(old.keys(), KeyPlan::ref),
                        byRef(next.keys(), KeyPlan::ref));
                routes(entries, old, next);
            }
        }
        return new DiffReport(entries);
    }

    private static <T> Map<String, T> byRef(List<T> all, Function<T, ObjectRef> ref) {
        return all.stream()
                .collect(
                        Collectors.toMap(
                                each -> ref.apply(each).toString(),
                                each -> each,
                                (a, _) -> a,
                                TreeMap::new));
    }

    private static <T> void objects(
            List<Entry> entries, String what, Map<String, T> before, Map<String, T> after) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            T old = before.get(name);
            T next = after.get(name);
            if (old == null || next == null) {
                entries.add(new Entry(old == null ? "+" : "-", what, name, ""));
            } else if (!old.equals(next)) {
                entries.add(new Entry("~", what, name, ""));
            }
        }
    }

    /// For each key of both plans and each model that some account or route names.
    private static void routes(List<Entry> entries, GatewayPlan before, GatewayPlan after) {
        Map<String, KeyPlan> next = byRef(after.keys(), KeyPlan::ref);
        Set<String> models = new TreeSet<>(models(before));
        models.addAll(models(after));
        for (KeyPlan key : before.keys()) {
            KeyPlan same = next.get(key.ref().toString());
            if (same == null) {
                continue;
            }
            for (String model : models) {
                String old = served(before, key, model);
                String now = served(after, same, model);
                if (!old.equals(now)) {
                    entries.add(
                            new Entry("~", "route", key.ref() + " " + model, old + " -> " + now));
                }
            }
        }
    }

    /// A pattern stands for the names it matches.
    private static Set<String> models(GatewayPlan plan) {
        Set<String> models = new TreeSet<>();
        plan.accounts()
                .forEach(account ->
                        account.models().forEach(mapping -> models.add(mapping.pattern())));
        plan.routes().forEach(route -> models.add(route.match()));
        plan.keys().forEach(key -> key.routes().forEach(route -> models.add(route.match())));
        return models;
    }

    private static String served(GatewayPlan plan, KeyPlan key, String model) {
        String asked = model.endsWith("*") ? model.substring(0, model.length() - 1) + "x" : model;
        List<String> names = new ArrayList<>();
        for (WireFormat format :
                List.of(WireFormat.ChatCompletions, WireFormat.Responses, WireFormat.Embeddings)) {
            Routes.of(plan, key, asked, format).offers().stream()
                    .map(offer ->
                            offer.account().ref()
                                    + (offer.model().equals(asked) ? "" : "=" + offer.model()))
                    .filter(name -> !names.contains(name))
                    .forEach(names::add);
        }
        return names.isEmpty() ? "nobody" : String.join(",", names);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Result result() {
        ArrayNode data = Json.array();
        List<Result.Line> lines = new ArrayList<>();
        for (Entry entry : entries) {
            data.addObject()
                    .put("change", entry.change())
                    .put("what", entry.what())
                    .put("name", entry.name())
                    .put("detail", entry.detail());
            String text = entry.change() + " " + entry.what() + " " + entry.name();
            lines.add(
                    new Result.Line(
                            List.of(
                                    new Cell(
                                            text
                                                    + (entry.detail().isEmpty()
                                                            ? ""
                                                            : ": " + entry.detail()),
                                            tone(entry.change())))));
        }
        return new Result(data, List.of(), new Result.View.Lines(lines));
    }

    private static Tone tone(String change) {
        return switch (change) {
            case "+" -> Tone.GOOD;
            case "-" -> Tone.BAD;
            default -> Tone.WARN;
        };
    }
}
