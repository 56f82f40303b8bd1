package dev.llmgateway.runtime.upstream.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.crds.plan.WireFormat;
import dev.llmgateway.runtime.transport.Reply;
import dev.llmgateway.runtime.transport.ResponseHead;
import dev.llmgateway.runtime.transport.TransportFailure;
import dev.llmgateway.runtime.transport.UpstreamCall;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Starts a call on a real loop and keeps what it answers.
final class Recorder implements Reply, AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long GENEROUS_SECONDS = 20;

    final RealLoop loop = new RealLoop();
    final CompletableFuture<String> outcome = new CompletableFuture<>();
    final Map<String, String> headers = new TreeMap<>();
    final List<String> pieces = new ArrayList<>();
    private final CompletableFuture<UpstreamCall> started = new CompletableFuture<>();
    private final CompletableFuture<Recorder> behind = new CompletableFuture<>();
    private int takes = Integer.MAX_VALUE;
    private int cancelsAfter = Integer.MAX_VALUE;
    private boolean inCall;
    int status;
    long contentLength;

    static Recorder play(WireFormat format, String model, boolean stream, String body) {
        return new Recorder().start(format, model, stream, body);
    }

    /// Falls behind after so many pieces.
    Recorder taking(int count) {
        takes = count;
        return this;
    }

    Recorder cancellingAfter(int count) {
        cancelsAfter = count;
        return this;
    }

    Recorder start(WireFormat format, String model, boolean stream, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        loop.execute(() -> {
            inCall = true;
            started.complete(
                    new SimulatedProvider()
                            .call(
                                    format,
                                    model,
                                    stream,
                                    new ByteArrayInputStream(bytes),
                                    50,
                                    loop,
                                    this));
            inCall = false;
        });
        return this;
    }

    /// How the reply ended: `end` or the failure's kind.
    String ended() {
        return outcome.orTimeout(GENEROUS_SECONDS, TimeUnit.SECONDS).join();
    }

    /// Runs on the loop and waits for it.
    void onLoop(Runnable task) {
        CompletableFuture.runAsync(task, loop::execute)
                .orTimeout(GENEROUS_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    void awaitBehind() {
        behind.orTimeout(GENEROUS_SECONDS, TimeUnit.SECONDS).join();
    }

    UpstreamCall call() {
        return started.orTimeout(GENEROUS_SECONDS, TimeUnit.SECONDS).join();
    }

    String text() {
        return String.join("", pieces);
    }

    JsonNode json() {
        assertThat(ended()).isEqualTo("end");
        return parse(text());
    }

    /// The data of every SSE frame; `[DONE]` as a JSON string. The event line, where there is one,
    /// must name the data's type.
    List<JsonNode> events() {
        ended();
        List<JsonNode> events = new ArrayList<>();
        for (String frame : text().split("\n\n", -1)) {
            if (frame.isEmpty()) {
                continue;
            }
            String data = frame.substring(frame.indexOf("data: ") + 6);
            JsonNode event =
                    data.equals("[DONE]") ? MAPPER.getNodeFactory().textNode(data) : parse(data);
            if (frame.startsWith("event: ")) {
                assertThat(frame).startsWith("event: " + event.path("type").asText() + "\n");
            }
            events.add(event);
        }
        return events;
    }

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(text, broken);
        }
    }

    @Override
    public void head(ResponseHead head) {
        arrived();
        status = head.status();
        contentLength = head.contentLength();
        head.forEachHeader((name, value) -> headers.put(name.toString(), value.toString()));
    }

    @Override
    public void data(ByteBuf payload) {
        arrived();
        pieces.add(payload.toString(StandardCharsets.UTF_8));
        payload.release();
        takes--;
        if (--cancelsAfter == 0) {
            call().cancel();
            behind.complete(this);
        }
    }

    @Override
    public void end() {
        arrived();
        outcome.complete("end");
    }

    @Override
    public void fail(TransportFailure failure) {
        arrived();
        outcome.complete(failure.kind().name());
    }

    @Override
    public void flush() {}

    @Override
    public boolean writable() {
        if (takes <= 0) {
            behind.complete(this);
            takes = Integer.MAX_VALUE;
            return false;
        }
        return true;
    }

    private void arrived() {
        assertThat(inCall).as("nothing inside call").isFalse();
        assertThat(loop.inLoop()).isTrue();
        assertThat(outcome).isNotDone();
    }

    @Override
    public void close() {
        loop.close();
    }
}
