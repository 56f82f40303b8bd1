package dev.llmgateway.runtime.source.oauth;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.compile.CompileOptions;
import dev.llmgateway.crds.compile.Compiler;
import dev.llmgateway.crds.manifest.Manifest;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.manifest.SecretDocument;
import dev.llmgateway.crds.manifest.Source;
import dev.llmgateway.crds.oauth.OAuthSettings;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.oauth.TokenFile;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.GatewayPlan;
import dev.llmgateway.crds.plan.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which accounts of a gateway sign in, and how. Pure.
///
/// @param manifests everything that was read, tokens included
/// @param secrets values that stand beside the manifests, by their names
public record SignIns(ManifestSet manifests, CompileOptions options, Secrets secrets) {
    private static final Map<String, String> LABEL = Map.of("llm-gateway.dev/credentials", "true");

    /// Values of Secrets, wherever they stand.
    public interface Secrets {
        Optional<String> value(CredentialRef ref);
    }

    /// An account's part of a manifest.
    record Account(Manifest<UpstreamAccountSpec> manifest, Auth.OAuth oauth) {
        String tokens() {
            return oauth.secretRef().name();
        }

        ObjectRef ref() {
            return new ObjectRef(manifest.namespace(), manifest.name());
        }
    }

    /// @param plan in force, without the accounts that nobody has signed in to yet
    public List<SignedIn> of(GatewayPlan plan, Instant now) {
        List<Account> accounts = accounts(manifests);
        if (accounts.isEmpty()) {
            return List.of();
        }
        Map<ObjectRef, AccountPlan> plans = plans(accounts, plan, now);
        List<GatewayConfigSpec.OAuthClient> clients =
                manifests.gateways().stream()
                        .filter(each ->
                                new ObjectRef(each.namespace(), each.name()).equals(plan.gateway()))
                        .flatMap(each -> each.spec().oauthClients().stream())
                        .toList();
        List<SignedIn> found = new ArrayList<>();
        for (Account account : accounts) {
            AccountPlan own = plans.get(account.ref());
            if (own != null
                    && OAuthSettings.read(account.oauth(), clients)
                            instanceof OAuthSettings.Reading.Complete(var settings)) {
                found.add(signedIn(account, own, settings));
            }
        }
        return found;
    }

    static List<Account> accounts(ManifestSet manifests) {
        List<Account> found = new ArrayList<>();
        for (Manifest<UpstreamAccountSpec> account : manifests.accounts()) {
            Auth auth = account.spec().auth();
            if (auth != null && auth.oauth() != null) {
                found.add(new Account(account, auth.oauth()));
            }
        }
        return found;
    }

    /// What each account would be if somebody had signed in to it: a plan names only those that can
    /// be used.
    private Map<ObjectRef, AccountPlan> plans(
            List<Account> accounts, GatewayPlan plan, Instant now) {
        List<SecretDocument> missing = new ArrayList<>();
        for (Account account : accounts) {
            if (value(account, StoredTokens.ACCESS_TOKEN).isEmpty()) {
                missing.add(placeholder(account));
            }
        }
        GatewayPlan whole =
                missing.isEmpty()
                        ? plan
                        : Compiler.compile(with(missing), now, options)
                                .plans()
                                .getOrDefault(plan.gateway(), plan);
        Map<ObjectRef, AccountPlan> plans = new HashMap<>();
        whole.accounts().forEach(each -> plans.put(each.ref(), each));
        return plans;
    }

    private ManifestSet with(List<SecretDocument> more) {
        return manifests.merge(
                new ManifestSet(List.of(), List.of(), List.of(), more, List.of(), List.of()));
    }

    private static SecretDocument placeholder(Account account) {
        return new SecretDocument(
                new Source(TokenFile.FOLDER, 1),
                account.manifest().namespace(),
                account.tokens(),
                LABEL,
                Map.of(StoredTokens.ACCESS_TOKEN, "nobody-has-signed-in"));
    }

    private SignedIn signedIn(Account account, AccountPlan plan, OAuthSettings settings) {
        String namespace = account.manifest().namespace();
        Map<String, String> seed = new HashMap<>();
        for (String key : StoredTokens.keys()) {
            value(account, key).ifPresent(text -> seed.put(key, text));
        }
        return new SignedIn(
                plan.ref().toString(),
                plan.uid(),
                TokenFile.name(namespace, account.tokens()),
                settings,
                settings.clientSecret().flatMap(ref -> secret(namespace, ref.name(), ref.key())),
                plan.egress(),
                StoredTokens.of(seed));
    }

    private Optional<String> value(Account account, String key) {
        return secret(account.manifest().namespace(), account.tokens(), key);
    }

    private Optional<String> secret(String namespace, String name, String key) {
        return manifests.secrets().stream()
                .filter(each -> each.namespace().equals(namespace) && each.name().equals(name))
                .map(each -> each.values().getOrDefault(key, "").strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .or(() -> secrets.value(new CredentialRef(namespace, name, key)));
    }

    @Override
    public String toString() {
        return "SignIns[" + manifests.accounts().size() + "]";
    }
}
