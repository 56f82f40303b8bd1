package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.compile.Compilation;
import dev.llmgateway.crds.compile.CompileOptions;
import dev.llmgateway.crds.compile.Compiler;
import dev.llmgateway.crds.compile.Diagnostic;
import dev.llmgateway.crds.compile.Severity;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.SecretDocument;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.exchange.LoadReport;
import dev.llmgateway.runtime.source.oauth.SignIns;
import dev.llmgateway.runtime.source.oauth.TokenStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A folder of manifests as the source of plans: read, compile, compare, put in force. Used by one
/// thread at a time.
///
/// A file with a syntax error keeps its last good documents; an invalid object is left out; the
/// objects of a vanished file go, unless no account or no key would remain: then the last plan
/// stays until the file returns.
public final class ManifestFolder {
    private final FolderManifests manifests;
    private final GeneratedKeys keys;
    private final FolderSecrets secrets;
    private final TokenStore tokens;
    private final IdKey ids;
    private final PlanChoice choice;
    private final InstantSource clock;
    private final PlanSink sink;

    private @Nullable GatewayPlan current;
    private Map<CredentialRef, String> credentials = Map.of();
    private boolean fileMissing;
    private int revision;
    private long loadedAt;

    /// @param gateway which GatewayConfig this process is; empty: the only one
    public ManifestFolder(
            Path folder,
            String gateway,
            Map<String, String> environment,
            RandomGenerator random,
            InstantSource clock,
            PlanSink sink) {
        this.manifests = new FolderManifests(folder);
        this.keys = new GeneratedKeys(folder, random);
        this.secrets = new FolderSecrets(folder, environment);
        this.tokens = new TokenStore(folder);
        this.ids = new IdKey(folder, random);
        this.choice = new PlanChoice(gateway);
        this.clock = clock;
        this.sink = sink;
    }

    /// Takes a scan into force as far as it is valid, and reports.
    void load(FolderScan scan) throws IOException {
        FolderManifests.Reading reading = manifests.read(scan);
        List<KeptKey> kept = keys.secrets(reading.manifests());
        ManifestSet complete = complete(reading.manifests(), kept);
        Compilation compilation = Compiler.compile(complete, clock.instant(), options(reading));
        List<String> problems = new ArrayList<>(reading.problems());
        int errors = problems.size();
        for (Diagnostic diagnostic : compilation.diagnostics()) {
            errors += diagnostic.severity() == Severity.Error ? 1 : 0;
            problems.add((diagnostic.severity() == Severity.Error ? "" : "warning: ") + diagnostic);
        }
        problems.addAll(tokens.problems(complete));
        Optional<GatewayPlan> plan = choice.among(compilation.plans());
        sink.signIns(new SignIns(complete, secrets::beside).of(compilation.signIns().values()));
        if (plan.isEmpty()) {
            problems.add(choice.problem(compilation.plans()));
            errors++;
        } else {
            fileMissing = !reading.vanished().isEmpty() || (fileMissing && shrinks(plan.get()));
            if (fileMissing && shrinks(plan.get())) {
                problems.add(
                        "a file vanished, and no account or no key would remain: the last plan stays in force");
                errors++;
            } else {
                fileMissing = false;
                apply(plan.get(), complete, problems);
            }
        }
        sink.report(
                new LoadReport(revision == 0 ? "" : "r-" + revision, problems, errors, loadedAt),
                kept);
    }

    /// The default gateway stands in only where nothing was refused: a GatewayConfig with a mistake
    /// must not be replaced by one without its policies.
    private static CompileOptions options(FolderManifests.Reading reading) {
        boolean none = reading.manifests().gateways().isEmpty();
        return none && !reading.problems().isEmpty()
                ? CompileOptions.CLUSTER
                : CompileOptions.FOLDER;
    }

    private ManifestSet complete(ManifestSet read, List<KeptKey> kept) throws IOException {
        List<SecretDocument> more = new ArrayList<>(tokens.documents(read));
        more.addAll(secrets.beside(read));
        kept.forEach(key -> more.add(key.secret()));
        return read.merge(
                new ManifestSet(List.of(), List.of(), List.of(), more, List.of(), List.of()));
    }

    private boolean shrinks(GatewayPlan next) {
        GatewayPlan before = current;
        if (before == null) {
            return false;
        }
        boolean noAccount = next.accounts().isEmpty() && !before.accounts().isEmpty();
        boolean noKey = next.keys().isEmpty() && !before.keys().isEmpty();
        return noAccount || noKey;
    }

    private static boolean storesResponses(AccountPlan account) {
        return account.formats().contains(WireFormat.Responses);
    }

    /// A folder that cannot be written to serves all but stored responses.
    private Map<CredentialRef, String> withIdKey(
            GatewayPlan plan, Map<CredentialRef, String> values, List<String> problems) {
        Map<CredentialRef, String> all = new HashMap<>(values);
        try {
            var ref =
                    new CredentialRef(plan.gateway().namespace(), plan.gateway().name(), "id-key");
            all.putIfAbsent(ref, ids.text());
        } catch (IOException e) {
            problems.add("warning: ids of stored responses cannot be sealed: " + e);
        }
        return Map.copyOf(all);
    }

    private void apply(GatewayPlan plan, ManifestSet complete, List<String> problems) {
        var values = CredentialValues.of(complete.secrets());
        if (plan.accounts().stream().anyMatch(ManifestFolder::storesResponses)) {
            values = withIdKey(plan, values, problems);
        }
        if (plan.equals(current) && values.equals(credentials)) {
            return;
        }
        current = plan;
        credentials = values;
        revision++;
        loadedAt = clock.millis();
        sink.apply("r-" + revision, plan, values);
    }
}
