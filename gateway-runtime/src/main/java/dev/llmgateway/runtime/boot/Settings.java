package dev.llmgateway.runtime.boot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How the process was asked to run.
///
/// @param port of the data listener; 0: any free one
/// @param drainDelay how long new connections are still taken after a stop was asked for, so that
///   balancers notice
/// @param drainGrace how long running exchanges may take after that
/// @param loops event loops
record Settings(
        PlanOrigin origin,
        int port,
        int adminPort,
        String bind,
        Duration drainDelay,
        Duration drainGrace,
        Optional<Path> adminTokenFile,
        int loops) {}
