package dev.llmgateway.crds.oauth;

/// Names that sign-in and refresh use at the API server.
public final class OAuthAnnotations {
    /// On an account: `<name>:<sha256>` of the one-shot grant Secret of a sign-in. The right to
    /// patch the account is the proof that the sign-in may be bound to it.
    public static final String GRANT = "llm-gateway.dev/oauth-grant";

    /// On an account: any new text asks the operator to begin a sign-in by device code.
    public static final String DEVICE = "llm-gateway.dev/oauth-device";

    /// On an account: any new text asks the operator for a new token now.
    public static final String REFRESH = "llm-gateway.dev/oauth-refresh";

    /// On an account: any new text asks the operator to revoke and delete its tokens.
    public static final String LOGOUT = "llm-gateway.dev/oauth-logout";

    /// On a token Secret: a {@link Claim}.
    public static final String CLAIM = "llm-gateway.dev/oauth-claim";

    /// On a token Secret: a {@link Refusal}.
    public static final String REFUSED = "llm-gateway.dev/oauth-refused";

    /// On a token Secret: name of the grant Secret whose sign-in its tokens come from.
    public static final String SIGNED_IN = "llm-gateway.dev/oauth-signed-in";

    /// On a token Secret: text of the last {@link #REFRESH} that its tokens fulfil, so that nobody
    /// fulfils it twice.
    public static final String FULFILLED = "llm-gateway.dev/oauth-refreshed";

    /// On a token Secret that the operator made: name of the account. A sign-out deletes such a
    /// Secret; of any other it removes the tokens alone.
    public static final String MADE_FOR = "llm-gateway.dev/oauth-account";

    /// Type of a grant Secret.
    public static final String GRANT_TYPE = "llm-gateway.dev/oauth-grant";

    /// Field manager of token data.
    public static final String FIELD_MANAGER = "llm-gateway-oauth";

    private OAuthAnnotations() {}
}
