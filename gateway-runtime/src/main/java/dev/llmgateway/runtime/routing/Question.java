package dev.llmgateway.runtime.routing;

import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.model.Caller;

/// What the router is asked.
///
/// @param ownCredential the caller brought a provider credential of its own
public record Question(Caller caller, String model, WireFormat format, boolean ownCredential) {}
