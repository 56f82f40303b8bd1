package dev.llmgateway.runtime.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmgateway.crds.catalog.ModelCatalog;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CatalogEntry;
import dev.llmgateway.crds.plan.Provider;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.balance.Ask;
import dev.llmgateway.runtime.balance.Lease;
import dev.llmgateway.runtime.balance.Session;
import dev.llmgateway.runtime.dialect.json.JsonText;
import dev.llmgateway.runtime.model.Candidate;
import dev.llmgateway.runtime.transport.Loop;
import dev.llmgateway.runtime.transport.UpstreamRequest;
import dev.llmgateway.runtime.upstream.RequestHeaders;
import dev.llmgateway.runtime.upstream.UpstreamRoute;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks accounts that have a `health.probe` for one token, every interval, whether they serve or
/// not: who is out comes back sooner, who is ill is known before a client meets it. Lives on one
/// loop.
final class ActiveProbes {
    private static final long LOOK_MILLIS = 250;

    private static final List<WireFormat> FORMATS =
            List.of(WireFormat.Messages, WireFormat.ChatCompletions, WireFormat.Responses);

    private final Services services;
    private final Loop loop;
    private final Map<String, Long> due = new HashMap<>();

    ActiveProbes(Services services, Loop loop) {
        this.services = services;
        this.loop = loop;
    }

    void start() {
        loop.after(LOOK_MILLIS, this::look);
    }

    private void look() {
        Snapshot snapshot = services.live().current();
        for (var order = services.testCalls().next();
                order != null;
                order = services.testCalls().next()) {
            test(snapshot, order);
        }
        if (snapshot != null) {
            long now = services.clock().millis();
            List<AccountPlan> probed =
                    snapshot.plan().accounts().stream().filter(ActiveProbes::probed).toList();
            due.keySet().retainAll(probed.stream().map(AccountPlan::uid).toList());
            probed.forEach(account -> consider(snapshot, account, now));
        }
        start();
    }

    private void consider(Snapshot snapshot, AccountPlan account, long now) {
        Snapshot.Upstream upstream = snapshot.upstreams().get(account.uid());
        long interval = account.health().probeIntervalMillis();
        Long next = due.putIfAbsent(account.uid(), now + interval);
        if (upstream == null || next == null || now < next) {
            return;
        }
        due.put(account.uid(), now + interval);
        FORMATS.stream()
                .filter(format -> account.formats().contains(format))
                .findFirst()
                .ifPresent(format -> probe(snapshot, account, upstream, format));
    }

    private void test(@Nullable Snapshot snapshot, TestCalls.Order order) {
        Optional<AccountPlan> found =
                snapshot == null
                        ? Optional.empty()
                        : snapshot.plan().accounts().stream()
                                .filter(each -> each.ref().toString().equals(order.account()))
                                .findFirst();
        if (snapshot == null || found.isEmpty()) {
            order.answer().accept(new TestCalls.Outcome.Unknown());
            return;
        }
        AccountPlan account = found.get();
        Snapshot.Upstream upstream = snapshot.upstreams().get(account.uid());
        Optional<String> model = TestModels.of(account, order.model());
        Optional<WireFormat> format =
                FORMATS.stream().filter(each -> account.formats().contains(each)).findFirst();
        if (account.provider() == Provider.Simulated) {
            String played = model.orElse("");
            order.answer()
                    .accept(
                            new TestCalls.Outcome.Made(
                                    order.account(), played, 200, 0, "simulated: no call"));
        } else if (upstream == null || model.isEmpty() || format.isEmpty()) {
            order.answer()
                    .accept(
                            new TestCalls.Outcome.Impossible(
                                    "name a model that the account serves"));
        } else {
            call(snapshot, account, upstream, format.get(), model.get(), Optional.of(order));
        }
    }

    private static boolean probed(AccountPlan account) {
        return !account.suspended()
                && !account.health().probeModel().isEmpty()
                && account.health().probeIntervalMillis() > 0;
    }

    private void probe(
            Snapshot snapshot, AccountPlan account, Snapshot.Upstream upstream, WireFormat format) {
        call(snapshot, account, upstream, format, account.health().probeModel(), Optional.empty());
    }

    /// @param order whoever waits for the outcome; empty: nobody, and a resting account rests
    private void call(
            Snapshot snapshot,
            AccountPlan account,
            Snapshot.Upstream upstream,
            WireFormat format,
            String model,
            Optional<TestCalls.Order> order) {
        long now = services.clock().millis();
        var candidate = new Candidate(account, model, format, 0, 1);
        if (!Forwarding.pooled(candidate)) {
            // a caller's own credential is not there without a caller
            order.ifPresent(each ->
                    each.answer()
                            .accept(
                                    new TestCalls.Outcome.Impossible(
                                            "it forwards the caller's own credential")));
            return;
        }
        Lease lease =
                snapshot.selector()
                        .visit(candidate, new Ask(now, Session.NONE, List.of(candidate)));
        if (lease == null) {
            order.ifPresent(each ->
                    each.answer()
                            .accept(
                                    new TestCalls.Outcome.Impossible(
                                            "it takes no further request now")));
            return;
        }
        CatalogEntry entry =
                ModelCatalog.lookup(snapshot.plan().catalog(), account.provider(), model);
        byte[] body = question(format, model, entry.maxTokensField()).getBytes(UTF_8);
        ByteBuf head =
                RequestHeaders.head(
                        upstream.target(),
                        UpstreamRoute.translated(format),
                        NoClient.HEAD,
                        upstream.credential(),
                        body.length,
                        loop.allocator());
        head.writeBytes(body);
        services.meters().called();
        var request =
                new UpstreamRequest(false, head, List.of(), upstream.target().timeouts(false));
        loop.upstream()
                .call(
                        upstream.target().endpoint(),
                        request,
                        new ProbeReply(services, candidate, lease, order));
    }

    /// The smallest request a vendor answers.
    private static String question(WireFormat format, String model, String maxTokensField) {
        String name = JsonText.quoted(model);
        return switch (format) {
            case Messages ->
                    "{\"model\":" + name + ",\"max_tokens\":1,\"messages\":" + GREETING + "}";
            case Responses ->
                    "{\"model\":" + name + ",\"max_output_tokens\":16,\"input\":\"ping\"}";
            default ->
                    "{\"model\":"
                            + name
                            + ",\""
                            + maxTokensField
                            + "\":16,\"messages\":"
                            + GREETING
                            + "}";
        };
    }

    private static final String GREETING = "[{\"role\":\"user\",\"content\":\"ping\"}]";
}
