package dev.llmgateway.crds.compile;

/// A compiled object and the gateway it belongs to.
///
/// @param <S> spec
/// @param <P> plan
record Member<S extends Record, P>(Subject<S> subject, GatewayDraft gateway, P plan) {}
