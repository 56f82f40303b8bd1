package dev.llmgateway.cluster;

import java.nio.file.Path;
import java.util.Optional;

/// A cluster that answers, however it came to be.
///
/// @param kubeconfig of somebody who may do everything
/// @param kubectl the program
/// @param auditLog who touched which Secret, a JSON object per line; empty where the cluster keeps
///   none
/// @param program ours that runs it; empty: it came otherwise
/// @param stop ends the cluster; nothing where it was there before
record RunningCluster(
        Path kubeconfig,
        Path kubectl,
        Optional<Path> auditLog,
        Optional<ClusterProgram> program,
        Runnable stop) {

    /// One of our own programs.
    ///
    /// @param auditLog relative to the folder of its kubeconfig
    static RunningCluster of(ClusterProgram program, Path kubectl, String auditLog) {
        return new RunningCluster(
                program.kubeconfig(),
                kubectl,
                Optional.of(program.kubeconfig().resolveSibling(auditLog)),
                Optional.of(program),
                program::stop);
    }

    /// Any other.
    static RunningCluster foreign(Path kubeconfig, Path kubectl, Runnable stop) {
        return new RunningCluster(kubeconfig, kubectl, Optional.empty(), Optional.empty(), stop);
    }
}
