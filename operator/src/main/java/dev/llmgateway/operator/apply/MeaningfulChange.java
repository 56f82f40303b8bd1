package dev.llmgateway.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Lets through what can change a decision: spec, our annotations, labels, the begin of a deletion.
/// Status writes are dropped, the operator's own among them.
public class MeaningfulChange implements OnUpdateFilter<HasMetadata> {
    private static final String OURS = "llm-gateway.dev/";

    @Override
    public boolean accept(HasMetadata now, HasMetadata before) {
        ObjectMeta is = now.getMetadata();
        ObjectMeta was = before.getMetadata();
        return !Objects.equals(is.getUid(), was.getUid())
                || !Objects.equals(is.getGeneration(), was.getGeneration())
                || !Objects.equals(is.getDeletionTimestamp(), was.getDeletionTimestamp())
                || !Objects.equals(is.getLabels(), was.getLabels())
                || !ours(is.getAnnotations()).equals(ours(was.getAnnotations()));
    }

    private static Map<String, String> ours(@Nullable Map<String, String> annotations) {
        var ours = new TreeMap<String, String>();
        if (annotations != null) {
            annotations.forEach((key, value) -> {
                if (key.startsWith(OURS)) {
                    ours.put(key, value);
                }
            });
        }
        return ours;
    }
}
