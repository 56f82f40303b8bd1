package dev.llmgateway.operator.app;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.lang.System.Logger.Level;
import java.util.UUID;

/// One leader. Who loses the lease ends at once, since another may already write; an orderly stop
/// gives the lease back.
public final class LeaderElection {
    public static final String LEASE = "llm-gateway-operator";

    private static final System.Logger LOG = System.getLogger(LeaderElection.class.getName());

    private final KubernetesClient client;
    private final String namespace;
    private final String identity;
    private final Runnable lost;
    private volatile boolean leading;
    private volatile boolean stopping;

    /// @param namespace of the Lease
    /// @param instance names this process; made unique here
    /// @param lost ends the process
    public LeaderElection(
            KubernetesClient client, String namespace, String instance, Runnable lost) {
        this.client = client;
        this.namespace = namespace;
        this.lost = lost;
        identity = instance + "-" + UUID.randomUUID();
    }

    /// By the constructor: the SDK's builder refuses what is needed here, and its own way to end
    /// the process waits for itself (java-operator-sdk#3383).
    @SuppressWarnings("deprecation") // its successor is that builder
    LeaderElectionConfiguration configuration(Settings.Lease lease) {
        LeaderCallbacks callbacks =
                new LeaderCallbacks(
                        this::leads,
                        this::stopped,
                        leader -> LOG.log(Level.INFO, "the leader is {0}", leader));
        return new LeaderElectionConfiguration(
                LEASE,
                namespace,
                lease.duration(),
                lease.renewDeadline(),
                lease.retryPeriod(),
                identity,
                callbacks,
                false);
    }

    boolean leading() {
        return leading;
    }

    /// From now on, the end of leading is meant.
    void stopping() {
        stopping = true;
    }

    private void leads() {
        leading = true;
        LOG.log(Level.INFO, "leading");
    }

    private void stopped() {
        leading = false;
        if (stopping) {
            giveBack();
        } else {
            LOG.log(Level.ERROR, "the lease is lost");
            lost.run();
        }
    }

    private void giveBack() {
        try {
            Lease lease = client.leases().inNamespace(namespace).withName(LEASE).get();
            if (lease != null && identity.equals(lease.getSpec().getHolderIdentity())) {
                lease.getSpec().setHolderIdentity("");
                client.resource(lease).update(); // with its resourceVersion
            }
        } catch (KubernetesClientException e) {
            LOG.log(Level.WARNING, "the lease could not be given back; it runs out by itself", e);
        }
    }
}
