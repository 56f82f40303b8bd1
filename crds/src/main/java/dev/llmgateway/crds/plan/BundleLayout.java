package dev.llmgateway.crds.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Entries to slots, as far as there is room. Who was created first goes in first, so that what is
/// left out are the newest objects, whatever the gateway held before.
final class BundleLayout {
    private final SortedMap<String, SlotDraft> slots = new TreeMap<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final BundleInput input;
    private boolean framed;

    private BundleLayout(BundleInput input) {
        this.input = input;
    }

    static BundleLayout of(BundleInput input) {
        BundleLayout layout = new BundleLayout(input);
        layout.frame();
        layout.sharedCredentials();
        layout.accounts();
        layout.keys();
        return layout;
    }

    List<LeftOut> leftOut() {
        return List.copyOf(leftOut);
    }

    /// Whether the settings fit, without which there is no plan.
    boolean framed() {
        return framed;
    }

    /// Every slot that has some content, sorted by kind and number.
    Collection<SlotDraft> slots() {
        return slots.values();
    }

    /// A catalogue that does not fit loses its last entries: they are the built-in ones.
    private void frame() {
        GatewayFrame frame = GatewayFrame.of(input.plan());
        int entries = frame.catalog().size();
        framed = place(List.of(new PartEntry.Gateway(frame)));
        while (!framed && entries > 0) {
            entries -= Math.max(1, entries / 10);
            framed = place(List.of(new PartEntry.Gateway(frame.withCatalog(entries))));
        }
        if (!framed || entries < frame.catalog().size()) {
            leftOut.add(LeftOut.tooLarge("GatewayConfig", frame.gateway()));
        }
    }

    /// Values that belong to no account: the listener's certificate and the like.
    private void sharedCredentials() {
        Set<CredentialRef> accounts = new HashSet<>();
        input.plan()
                .accounts()
                .forEach(account -> {
                    accounts.addAll(required(account));
                    accounts.addAll(optional(account));
                });
        input.credentials().entrySet().stream()
                .filter(entry -> !accounts.contains(entry.getKey()))
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(CredentialRef::toString)))
                .forEach(entry -> {
                    CredentialRef ref = entry.getKey();
                    if (!place(List.of(new PartEntry.Credential(ref, entry.getValue())))) {
                        ObjectRef secret = new ObjectRef(ref.namespace(), ref.secret());
                        leftOut.add(LeftOut.tooLarge("Secret", secret));
                    }
                });
    }

    private void accounts() {
        byAge(input.plan().accounts(), AccountPlan::uid, AccountPlan::ref).forEach(this::account);
    }

    private void account(AccountPlan account) {
        List<PartEntry> entries = new ArrayList<>(List.of(new PartEntry.Account(account)));
        for (CredentialRef ref : required(account)) {
            String value = input.credentials().get(ref);
            if (value == null) {
                leftOut.add(LeftOut.noCredential(account.ref()));
                return;
            }
            entries.add(new PartEntry.Credential(ref, value));
        }
        for (CredentialRef ref : optional(account)) {
            String value = input.credentials().get(ref);
            if (value != null) {
                entries.add(new PartEntry.Credential(ref, value));
            }
        }
        if (!place(entries)) {
            leftOut.add(LeftOut.tooLarge("UpstreamAccount", account.ref()));
        }
    }

    private void keys() {
        for (KeyPlan key : byAge(input.plan().keys(), KeyPlan::uid, KeyPlan::ref)) {
            if (!place(List.of(new PartEntry.Key(key)))) {
                leftOut.add(LeftOut.tooLarge("GatewayKey", key.ref()));
            }
        }
    }

    private static List<CredentialRef> required(AccountPlan account) {
        return switch (account.credential()) {
            case CredentialPlan.ApiKey(var ref, _) -> List.of(ref);
            case CredentialPlan.OAuth(var accessToken, _, _) -> List.of(accessToken);
            case CredentialPlan.Passthrough(), CredentialPlan.Anonymous() -> List.of();
        };
    }

    private static List<CredentialRef> optional(AccountPlan account) {
        return account.credential() instanceof CredentialPlan.OAuth oauth
                ? List.of(oauth.resourceURL())
                : List.of();
    }

    private <T> List<T> byAge(
            Collection<T> objects,
            java.util.function.Function<T, String> uid,
            java.util.function.Function<T, ObjectRef> ref) {
        Comparator<T> age =
                Comparator.comparing(object ->
                        input.createdMillis().getOrDefault(uid.apply(object), Long.MIN_VALUE));
        return objects.stream().sorted(age.thenComparing(ref)).toList();
    }

    /// All of the entries, or none.
    private boolean place(List<PartEntry> entries) {
        List<byte[]> encoded = entries.stream().map(PartContent::encode).toList();
        for (int i = 0; i < encoded.size(); i++) {
            if (!slot(entries.get(i)).fits(encoded.get(i))) {
                return false;
            }
        }
        for (int i = 0; i < encoded.size(); i++) {
            slot(entries.get(i)).put(entries.get(i).id(), encoded.get(i));
        }
        return true;
    }

    private SlotDraft slot(PartEntry entry) {
        PartKind kind = entry.kind();
        String key = "%s-%02d".formatted(kind.text(), entry.slot());
        return slots.computeIfAbsent(key, _ -> new SlotDraft(kind, entry.slot()));
    }
}
