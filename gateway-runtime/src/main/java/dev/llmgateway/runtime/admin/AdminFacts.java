package dev.llmgateway.runtime.admin;

import dev.llmgateway.runtime.exchange.LoadReport;
import dev.llmgateway.runtime.transport.TransportStats;

/// What the admin port needs of the process beside the exchange's services.
public interface AdminFacts {
    /// True once the process was asked to stop.
    boolean draining();

    /// True while clients can connect.
    boolean listening();

    LoadReport report();

    TransportStats transport();
}
