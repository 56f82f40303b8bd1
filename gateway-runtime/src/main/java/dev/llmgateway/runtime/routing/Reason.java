package dev.llmgateway.runtime.routing;

/// Why an account is not a candidate; the texts are what `explain` prints.
public enum Reason {
    NotConsented("the account's namespace and the key's namespace have not agreed to each other"),
    PoolNotPermitted("the key may not use this account's pool"),
    OtherPool("the account is not in the route's pool"),
    ModelNotServed("the account does not serve this model"),
    ModelDenied("the key's policy denies the name this account would be asked for"),
    Suspended("the account is suspended"),
    SimulationOff("simulation is not enabled on this gateway"),
    OwnCredentialNeeded(
            "the account forwards the caller's own credential, and the request brought none"),
    OwnCredentialGiven(
            "the request brought its own credential, which this account does not forward"),
    FormatNotServed(
            "the account does not speak the request's format, and it cannot be translated into one it speaks");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
