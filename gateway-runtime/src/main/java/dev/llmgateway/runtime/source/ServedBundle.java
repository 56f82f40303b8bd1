package dev.llmgateway.runtime.source;

import dev.llmgateway.crds.plan.IndexedPart;
import dev.llmgateway.crds.plan.PartContent;
import dev.llmgateway.crds.plan.PartName;
import dev.llmgateway.crds.plan.PlanIndex;
import dev.llmgateway.crds.plan.PlanPart;
import dev.llmgateway.runtime.source.kubernetes.ApiClient;
import dev.llmgateway.runtime.source.kubernetes.IndexObject;
import dev.llmgateway.runtime.source.kubernetes.SecretData;
import dev.llmgateway.runtime.source.kubernetes.Watch;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A bundle as the API server has it.
///
/// @param gateway name of the GatewayConfig
record ServedBundle(ApiClient api, String gateway) implements BundleSource {
    /// The index and from where to watch it.
    IndexObject list() throws IOException {
        return api.list(PartName.indexObject(gateway), PlanIndex.DATA_KEY);
    }

    Watch watch(String resourceVersion) throws IOException {
        return api.watch(PartName.indexObject(gateway), PlanIndex.DATA_KEY, resourceVersion);
    }

    @Override
    public Optional<String> index() throws IOException {
        return list().text();
    }

    @Override
    public Map<IndexedPart, PlanPart> parts(Collection<IndexedPart> wanted) throws IOException {
        var names = wanted.stream().map(part -> part.name().object(gateway)).toList();
        Map<String, SecretData> secrets = api.secrets(names);
        Map<IndexedPart, PlanPart> read = new LinkedHashMap<>();
        for (IndexedPart part : wanted) {
            SecretData secret = secrets.get(part.name().object(gateway));
            read.put(part, part(part, secret == null ? Map.of() : secret.values()));
        }
        return read;
    }

    private static PlanPart part(IndexedPart part, Map<String, byte[]> data) throws IOException {
        for (String key : new String[] {PartContent.GZIP_KEY, PartContent.PLAIN_KEY}) {
            byte[] stored = data.get(key);
            if (stored != null) {
                return PartContent.read(part, key, stored);
            }
        }
        throw new IOException("part " + part.name() + " is empty");
    }
}
