package dev.llmgateway.cli.offline;

/// Why an account is not a candidate, in the words of the gateway's `/explain`.
public enum Exclusion {
    NotConsented("the account's namespace and the key's namespace have not agreed to each other"),
    PoolNotPermitted("the key may not use this account's pool"),
    OtherPool("the account is not in the route's pool"),
    ModelNotServed("the account does not serve this model"),
    ModelDenied("the key's policy denies the name this account would be asked for"),
    Suspended("the account is suspended"),
    SimulationOff("simulation is not enabled on this gateway"),
    OwnCredentialNeeded(
            "the account forwards the caller's own credential, and the request brought none"),
    FormatNotServed(
            "the account does not speak the request's format, and it cannot be translated into one it speaks");

    private final String text;

    Exclusion(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
