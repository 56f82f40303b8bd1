package dev.llmgateway.operator.apply;

import dev.llmgateway.crds.resource.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Events for `kubectl describe`. They are for people: one that cannot be written is logged, and
/// nothing else waits for it.
public final class EventRecorder {
    private static final System.Logger LOG = System.getLogger(EventRecorder.class.getName());
    private static final int LONGEST_NOTE = 1000;
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final KubernetesClient client;
    private final String instance;
    private final Clock clock;
    private final EventQuota quota = new EventQuota();

    /// @param instance the process, such as its pod's name
    public EventRecorder(KubernetesClient client, String instance, Clock clock) {
        this.client = client;
        this.instance = instance;
        this.clock = clock;
    }

    void record(HasMetadata about, Condition ready) {
        Instant now = clock.instant();
        String uid = about.getMetadata().getUid();
        if (!quota.admits(uid, ready.reason() + " " + ready.message(), now)) {
            return;
        }
        try {
            client.resource(event(about, ready, now)).create();
        } catch (KubernetesClientException e) {
            LOG.log(Level.WARNING, "an event could not be written", e);
        }
    }

    private Event event(HasMetadata about, Condition ready, Instant now) {
        String note = ready.message().isEmpty() ? ready.reason() : ready.message();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(about.getMetadata().getNamespace())
                .withGenerateName(about.getMetadata().getName() + "-")
                .endMetadata()
                .withRegarding(reference(about))
                .withReason(ready.reason())
                .withNote(note.substring(0, Math.min(note.length(), LONGEST_NOTE)))
                .withType(ready.status() == Condition.Status.True ? "Normal" : "Warning")
                .withAction("Reconcile")
                .withReportingController("llm-gateway.dev/operator")
                .withReportingInstance(instance)
                .withEventTime(new MicroTime(MICROS.format(now)))
                .build();
    }

    private static ObjectReference reference(HasMetadata about) {
        return new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .build();
    }
}
