package dev.llmgateway.crds.plan;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The objects of one bundle as an API server would hold them.
public final class Cluster {
    final Map<PartName, PartContent.Stored> secrets = new TreeMap<>();
    String index = PlanIndex.NONE.encode();

    public PlanIndex live() throws PlanFormatException {
        return PlanIndex.decode(index);
    }

    /// Does at most so many of a step's writes, as a process that dies behind the last of them.
    void write(BundleStep step, int most) {
        int done = 0;
        for (PartWrite write : step.writes()) {
            if (done++ == most) {
                return;
            }
            secrets.put(write.name(), write.content());
        }
        if (done < most) {
            index = step.index().encode();
        }
    }

    public void write(BundleStep step) {
        write(step, Integer.MAX_VALUE);
    }

    /// What a pod makes of the bundle.
    public PlanBundle read() throws PlanFormatException {
        PlanIndex live = live();
        List<PlanPart> parts = new ArrayList<>();
        for (IndexedPart part : live.parts()) {
            parts.add(PartContent.read(part, secret(part.name()).key(), stored(part.name())));
        }
        return PlanBundle.assemble(live, parts);
    }

    byte[] stored(PartName name) {
        return Base64.getDecoder().decode(secret(name).base64());
    }

    private PartContent.Stored secret(PartName name) {
        PartContent.Stored stored = secrets.get(name);
        if (stored == null) {
            throw new AssertionError(name + " is not there");
        }
        return stored;
    }
}
