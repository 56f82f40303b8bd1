package dev.llmgateway.crds.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A plan and its secret values as Kubernetes objects: one index and the parts it names. Every slot
/// has two objects. The writer fills the one the live index does not name and then writes the
/// index, so at every instant, also after a crash between two writes, the index names parts that
/// exist.
///
/// @param credentials the values that travel beside the plan
public record PlanBundle(
        Revision revision, GatewayPlan plan, Map<CredentialRef, String> credentials) {
    public PlanBundle {
        credentials = Map.copyOf(credentials);
    }

    @Override
    public String toString() {
        return "PlanBundle[" + revision + " of " + plan.gateway() + "]";
    }

    /// What is to be written so that the bundle holds the input. Equal parts are not written again.
    ///
    /// @param live what the cluster has; `NONE` when there is no index, or an unreadable one
    /// @param floor the highest revision a status or a pod has ever named: the next one is higher,
    ///   even if the index was lost
    public static BundleStep next(PlanIndex live, Revision floor, BundleInput input) {
        BundleLayout layout = BundleLayout.of(input);
        if (!layout.framed()) {
            return new BundleStep(List.of(), live, layout.leftOut());
        }
        List<PartWrite> writes = new ArrayList<>();
        List<IndexedPart> parts =
                layout.slots().stream()
                        .filter(slot -> slot.entries() > 0)
                        .map(slot -> part(live, slot, writes))
                        .toList();
        var allowEmpty = new TreeSet<>(input.allowEmpty());
        PlanIndex same =
                new PlanIndex(
                        live.revision(),
                        parts,
                        allowEmpty,
                        input.readyPods(),
                        live.renderedAtMillis());
        boolean behind = floor.compareTo(live.revision()) > 0;
        if (!behind && live.revision().number() > 0 && same.digest().equals(live.digest())) {
            return new BundleStep(List.of(), same, layout.leftOut());
        }
        Revision revision = (behind ? floor : live.revision()).next();
        PlanIndex flipped =
                new PlanIndex(revision, parts, allowEmpty, input.readyPods(), input.nowMillis());
        return new BundleStep(writes, flipped, layout.leftOut());
    }

    private static IndexedPart part(PlanIndex live, SlotDraft slot, List<PartWrite> writes) {
        byte[] content = slot.content();
        String sha256 = Sha256.hex(content);
        var before = live.part(slot.kind(), slot.slot());
        if (before.isPresent() && before.get().sha256().equals(sha256)) {
            return before.get();
        }
        Generation generation = before.map(part -> part.generation().other()).orElse(Generation.A);
        IndexedPart part =
                new IndexedPart(
                        slot.kind(),
                        slot.slot(),
                        generation,
                        sha256,
                        content.length,
                        slot.entries());
        writes.add(new PartWrite(part.name(), PartContent.store(content)));
        return part;
    }

    /// Puts the parts of an index together again.
    ///
    /// @param parts of the index, each checked against it; in any order
    /// @throws PlanFormatException when they make no plan
    public static PlanBundle assemble(PlanIndex index, Collection<PlanPart> parts)
            throws PlanFormatException {
        List<GatewayFrame> frames = new ArrayList<>();
        List<AccountPlan> accounts = new ArrayList<>();
        List<KeyPlan> keys = new ArrayList<>();
        Map<CredentialRef, String> credentials = new HashMap<>();
        for (PlanPart part : parts) {
            for (PartEntry entry : part.entries()) {
                switch (entry) {
                    case PartEntry.Gateway(var plan) -> frames.add(plan);
                    case PartEntry.Account(var plan) -> accounts.add(plan);
                    case PartEntry.Key(var plan) -> keys.add(plan);
                    case PartEntry.Credential(var ref, var value) -> credentials.put(ref, value);
                }
            }
        }
        if (frames.size() != 1) {
            throw new PlanFormatException("the bundle has " + frames.size() + " gateways");
        }
        unique(accounts.stream().map(AccountPlan::ref).toList());
        unique(keys.stream().map(KeyPlan::ref).toList());
        accounts.sort(Comparator.comparing(AccountPlan::ref));
        keys.sort(Comparator.comparing(KeyPlan::ref));
        GatewayFrame frame = frames.getFirst();
        return new PlanBundle(
                index.revision(),
                new GatewayPlan(
                        frame.gateway(),
                        frame.settings(),
                        accounts,
                        keys,
                        frame.routes(),
                        frame.catalog()),
                credentials);
    }

    private static void unique(List<ObjectRef> refs) throws PlanFormatException {
        var seen = new TreeSet<ObjectRef>();
        for (ObjectRef ref : refs) {
            if (!seen.add(ref)) {
                throw new PlanFormatException("the bundle has " + ref + " twice");
            }
        }
    }
}
