package dev.llmgateway.operator.gateway;

import dev.llmgateway.crds.resource.GatewayConfig;
import dev.llmgateway.operator.apply.ForeignObjectException;
import dev.llmgateway.operator.apply.Preconditioned;
import dev.llmgateway.operator.desired.AdminSecret;
import dev.llmgateway.operator.desired.AdminTokens;
import dev.llmgateway.operator.desired.GatewayFacts;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Keeps the Secret with the tokens of a gateway's admin ports.
final class AdminAccess {
    private final Preconditioned writes;
    private final RandomGenerator random;
    private final Clock clock;

    AdminAccess(Preconditioned writes, RandomGenerator random, Clock clock) {
        this.writes = writes;
        this.random = random;
        this.clock = clock;
    }

    /// The tokens in force from now on.
    ///
    /// @throws ForeignObjectException when the Secret's name is taken
    AdminTokens settle(GatewayConfig gateway, GatewayFacts facts) throws ForeignObjectException {
        AdminTokens none = AdminTokens.of(Optional.empty(), random, clock.instant());
        var live = writes.read(gateway, AdminSecret.of(facts, none));
        Optional<AdminTokens> known =
                live.version().isEmpty() ? Optional.empty() : tokens(live.object());
        AdminTokens wanted = AdminTokens.of(known, random, clock.instant());
        if (!known.equals(Optional.of(wanted))) {
            writes.write(AdminSecret.of(facts, wanted), live.version());
        }
        return wanted;
    }

    private static Optional<AdminTokens> tokens(Secret secret) {
        return AdminTokens.read(
                Objects.requireNonNullElse(secret.getData(), Map.of()),
                Objects.requireNonNullElse(secret.getMetadata().getAnnotations(), Map.of()));
    }
}
