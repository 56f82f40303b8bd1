package dev.llmgateway.runtime.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmgateway.runtime.transport.ServerTls;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataCertificateTest {
    private static final ServerTls FIRST = new ServerTls("first", "key", "");
    private static final ServerTls SECOND = new ServerTls("second", "key", "");
    private static final ServerTls BROKEN = new ServerTls("broken", "key", "");

    private final List<ServerTls> updates = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final DataCertificate certificate = new DataCertificate(this::update, complaints::add);

    private Future<Void> update(ServerTls next) {
        updates.add(next);
        return next.equals(BROKEN)
                ? Future.failedFuture(new IllegalArgumentException("with the key's text in it"))
                : Future.succeededFuture();
    }

    @Test
    void a_plan_that_changes_nothing_updates_nothing() {
        offer(FIRST);
        certificate.served(Optional.of(FIRST));
        offer(FIRST);

        assertThat(updates).isEmpty();
    }

    @Test
    void a_change_is_served_once_and_so_is_the_way_back() {
        offer(FIRST);
        certificate.served(Optional.of(FIRST));
        offer(SECOND);
        offer(SECOND);
        offer(FIRST);

        assertThat(updates).containsExactly(SECOND, FIRST);
    }

    @Test
    void a_change_before_the_port_listens_is_not_lost() {
        offer(FIRST);
        offer(SECOND);
        certificate.served(Optional.of(FIRST));

        assertThat(updates).containsExactly(SECOND);
    }

    @Test
    void what_cannot_be_used_is_told_once_without_its_text() {
        offer(FIRST);
        certificate.served(Optional.of(FIRST));
        offer(BROKEN);
        offer(BROKEN);
        assertThat(complaints)
                .singleElement()
                .asString()
                .contains("keeps its certificate")
                .doesNotContain("text");

        offer(FIRST);
        offer(SECOND);

        assertThat(updates).containsExactly(BROKEN, SECOND);
    }

    @Test
    void clear_text_and_tls_are_not_exchanged_while_it_listens() {
        certificate.served(Optional.empty());
        offer(FIRST);
        offer(FIRST);

        assertThat(updates).isEmpty();
        assertThat(complaints).hasSize(1);
    }

    private void offer(ServerTls next) {
        certificate.offer(Optional.of(next));
    }
}
