package dev.llmgateway.runtime.boot;

import dev.llmgateway.crds.oauth.Form;
import dev.llmgateway.crds.oauth.TokenAnswer;
import dev.llmgateway.runtime.transport.Reply;
import dev.llmgateway.runtime.transport.ResponseHead;
import dev.llmgateway.runtime.transport.TransportFailure;
import dev.llmgateway.runtime.transport.UpstreamCall;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Collects what an identity provider says, on the loop of the call.
final class IdentityReply implements Reply {
    private final CompletableFuture<TokenAnswer> answer;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable UpstreamCall call;
    private int status;
    private String retryAfter = "";

    IdentityReply(CompletableFuture<TokenAnswer> answer) {
        this.answer = answer;
    }

    void of(UpstreamCall own) {
        call = own;
    }

    @Override
    public void head(ResponseHead head) {
        status = head.status();
        retryAfter = Objects.requireNonNullElse(head.header("retry-after"), "");
    }

    @Override
    public void data(ByteBuf payload) {
        try {
            if (body.size() + payload.readableBytes() <= Form.MOST_ANSWER_BYTES) {
                payload.readBytes(body, payload.readableBytes());
                return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        } finally {
            payload.release();
        }
        unavailable("answered more than " + Form.MOST_ANSWER_BYTES + " bytes");
        if (call != null) {
            call.cancel();
        }
    }

    @Override
    public void end() {
        answer.complete(TokenAnswer.read(status, body.toByteArray(), retryAfter));
    }

    @Override
    public void fail(TransportFailure failure) {
        unavailable("could not be asked: " + failure.kind() + ", " + failure.detail());
    }

    private void unavailable(String why) {
        answer.complete(new TokenAnswer.Unavailable(why, Optional.empty()));
    }

    @Override
    public void flush() {}

    @Override
    public boolean writable() {
        return true;
    }
}
