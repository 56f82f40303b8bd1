package dev.llmgateway.operator.app;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.StreamSupport;

/// Gives the SDK's counter of events the same tags for every kind of event. It tells the action of
/// a resource's event, which a timer's event has not; Prometheus refuses the second set of tags
/// with an exception, and thrown in the SDK's only timer thread that ends all retries and
/// rate-limited work for good (java-operator-sdk 5.3.2).
@Singleton
public class EventTags implements MeterFilter {
    private static final String EVENTS = "events.received";
    private static final String ACTION = "action";

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return MeterFilterReply.NEUTRAL;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith(EVENTS)) {
            return id;
        }
        List<Tag> kept =
                StreamSupport.stream(id.getTagsAsIterable().spliterator(), false)
                        .filter(tag -> !tag.getKey().equals(ACTION))
                        .toList();
        return id.replaceTags(kept);
    }
}
