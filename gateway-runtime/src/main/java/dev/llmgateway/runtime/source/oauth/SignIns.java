package dev.llmgateway.runtime.source.oauth;

import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import dev.llmgateway.crds.compile.SignIn;
import dev.llmgateway.crds.manifest.Manifest;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.oauth.StoredTokens;
import dev.llmgateway.crds.oauth.TokenFile;
import dev.llmgateway.crds.plan.CredentialRef;
import dev.llmgateway.crds.plan.ObjectRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which accounts of a folder sign in, and with what. Pure.
///
/// @param manifests everything that was read, tokens included
/// @param secrets values that stand beside the manifests, by their names
public record SignIns(ManifestSet manifests, Secrets secrets) {
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

    /// @param signIns of the accounts that are not refused
    public List<SignedIn> of(Collection<SignIn> signIns) {
        return signIns.stream().map(this::signedIn).toList();
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

    private SignedIn signedIn(SignIn signIn) {
        String namespace = signIn.account().namespace();
        Map<String, String> seed = new HashMap<>();
        for (String key : StoredTokens.keys()) {
            secret(namespace, signIn.secret(), key).ifPresent(text -> seed.put(key, text));
        }
        return new SignedIn(
                signIn.account().toString(),
                signIn.uid(),
                TokenFile.name(namespace, signIn.secret()),
                signIn.settings(),
                signIn.settings()
                        .clientSecret()
                        .flatMap(ref -> secret(namespace, ref.name(), ref.key())),
                signIn.egress(),
                StoredTokens.of(seed));
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
