package dev.llmgateway.operator.desired;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The tokens of the admin ports, for pods, operator and command line.
public final class AdminSecret {
    private AdminSecret() {}

    public static Secret of(GatewayFacts facts, AdminTokens tokens) {
        return new SecretBuilder()
                .withMetadata(Ownership.metadata(facts, facts.adminName()))
                .editMetadata()
                .addToAnnotations(AdminTokens.MADE_AT, tokens.madeAt().toString())
                .endMetadata()
                .withType("Opaque")
                .addToData(AdminTokens.CURRENT, base64(tokens.current()))
                .addToData(AdminTokens.NEXT, base64(tokens.next()))
                .addToData(AdminTokens.ID_KEY, base64(tokens.idKey()))
                .build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
