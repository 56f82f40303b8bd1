package dev.llmgateway.operator.oauth;

import dev.llmgateway.crds.oauth.DeviceAnswer;
import dev.llmgateway.crds.oauth.Pkce;
import dev.llmgateway.crds.resource.UpstreamAccountStatus.OAuthProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A device code that waits for a person (RFC 8628). Lives in memory: a successor begins another.
///
/// @param wish the annotation that asked for it
/// @param next when the provider may be asked again
record DeviceSignIn(
        String wish,
        Pkce pkce,
        DeviceAnswer.Begun begun,
        Duration interval,
        Instant next,
        Instant ends) {
    /// RFC 8628, 3.5: what each `slow_down` adds.
    private static final Duration SLOWER = Duration.ofSeconds(5);

    static DeviceSignIn begin(String wish, Pkce pkce, DeviceAnswer.Begun begun, Instant now) {
        Duration interval = begun.interval().isZero() ? Duration.ofSeconds(1) : begun.interval();
        return new DeviceSignIn(
                wish, pkce, begun, interval, now.plus(interval), now.plus(begun.expiresIn()));
    }

    DeviceSignIn asked(boolean slower, Instant now) {
        Duration pause = slower ? interval.plus(SLOWER) : interval;
        return new DeviceSignIn(wish, pkce, begun, pause, now.plus(pause), ends);
    }

    OAuthProgress progress() {
        return new OAuthProgress(
                begun.verificationURL(),
                begun.userCode(),
                ends.truncatedTo(ChronoUnit.SECONDS).toString(),
                null);
    }

    /// The device code and the verifier are secrets.
    @Override
    public String toString() {
        return "DeviceSignIn[" + ends + "]";
    }
}
