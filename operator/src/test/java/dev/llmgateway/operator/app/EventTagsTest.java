package dev.llmgateway.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // Quarkus brings this registry
class EventTagsTest {
    private static final ResourceID ID = new ResourceID("main", "default");

    @Test
    void eventsOfResourcesAndOfTimersAreCountedTogether() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.throwExceptionOnRegistrationFailure();
        registry.config().meterFilter(new EventTags());
        var metrics = MicrometerMetricsV2.newBuilder(registry).build();
        Map<String, Object> of = Map.of("controller.name", "gateways");

        metrics.eventReceived(new ResourceEvent(ResourceAction.UPDATED, ID, null), of);
        metrics.eventReceived(new Event(ID), of);

        assertThat(registry.scrape())
                .contains("events_received_total{controller_name=\"gateways\",event=");
    }
}
