package dev.llmgateway.runtime.source.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A client for the three things a pod asks of the API server. It has an event loop of its own, so
/// nothing of it runs where requests are served; its methods wait, and one thread calls them.
public final class ApiClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A Secret holds at most 1 MiB, in base64 and with its metadata.
    private static final int LARGEST_ANSWER = 4 << 20;

    /// One for the watch, the rest for parts.
    private static final int CONNECTIONS = 6;

    private final ApiServer server;
    private final String namespace;
    private final ApiTimes times;
    private final Vertx vertx;
    private final HttpClientAgent client;
    private String trusted = "";

    public ApiClient(ApiServer server, String namespace, ApiTimes times) {
        this.server = server;
        this.namespace = namespace;
        this.times = times;
        this.vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(1)
                                .setWorkerPoolSize(1)
                                .setInternalBlockingPoolSize(1));
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setSsl(server.authority().isPresent())
                                .setConnectTimeout(Math.toIntExact(times.connect()))
                                .setSslHandshakeTimeout(times.connect())
                                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                                .setTrustOptions(new PemTrustOptions()),
                        new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    /// The ConfigMap of that name as it is now.
    ///
    /// @param key of its data
    public IndexObject list(String name, String key) throws IOException {
        trust();
        String path = "/configmaps?fieldSelector=" + field(name);
        return IndexObject.ofList(json("list " + name, wait(get(path), "list " + name)), key);
    }

    /// What happens to the ConfigMap of that name from `resourceVersion` on.
    public Watch watch(String name, String key, String resourceVersion) throws IOException {
        String asked = "watch " + name;
        String path =
                "/configmaps?watch=1&allowWatchBookmarks=true&fieldSelector="
                        + field(name)
                        + "&timeoutSeconds="
                        + Math.max(1, times.watch() / 1_000)
                        + "&resourceVersion="
                        + URLEncoder.encode(resourceVersion, StandardCharsets.UTF_8);
        return new Watch(request(path), asked, key, times.watch() + times.silence());
    }

    /// The Secrets of these names, all asked for at once.
    ///
    /// @throws ApiFailure when one of them is not there
    public Map<String, SecretData> secrets(Collection<String> names) throws IOException {
        Map<String, Future<Buffer>> asked = new LinkedHashMap<>();
        for (String name : names) {
            asked.put(name, get("/secrets/" + name));
        }
        Map<String, SecretData> found = new HashMap<>();
        for (var entry : asked.entrySet()) {
            String what = "get " + entry.getKey();
            found.put(entry.getKey(), data(what, json(what, wait(entry.getValue(), what))));
        }
        return found;
    }

    private static SecretData data(String asked, JsonNode secret) throws IOException {
        Map<String, byte[]> values = new HashMap<>();
        for (var field : secret.path("data").properties()) {
            try {
                values.put(field.getKey(), field.getValue().binaryValue());
            } catch (IOException _) {
                throw new ApiFailure(asked, "data that is no base64");
            }
        }
        return new SecretData(values);
    }

    private static JsonNode json(String asked, Buffer body) throws IOException {
        try {
            return JSON.readTree(body.getBytes());
        } catch (IOException _) {
            throw new ApiFailure(asked, "the API server sent no JSON");
        }
    }

    private static String field(String name) {
        return URLEncoder.encode("metadata.name=" + name, StandardCharsets.UTF_8);
    }

    /// Takes a renewed bundle of roots into use, for connections from now on.
    private void trust() throws IOException {
        if (server.authority().isEmpty()) {
            return;
        }
        String roots = Files.readString(server.authority().get(), StandardCharsets.UTF_8);
        if (!roots.equals(trusted)) {
            ClientSSLOptions options =
                    new ClientSSLOptions()
                            .setHostnameVerificationAlgorithm("HTTPS")
                            .setTrustOptions(
                                    new PemTrustOptions().addCertValue(Buffer.buffer(roots)));
            wait(client.updateSSLOptions(options, true), "trust " + server.authority().get());
            trusted = roots;
        }
    }

    private RequestOptions options(String path) throws IOException {
        return new RequestOptions()
                .setHost(server.address().getHost())
                .setPort(server.address().getPort())
                .setConnectTimeout(times.connect())
                .setURI("/api/v1/namespaces/" + namespace + path)
                .putHeader("authorization", server.authorization())
                .putHeader("accept", "application/json")
                .putHeader("user-agent", "llm-gateway");
    }

    private Future<Buffer> get(String path) throws IOException {
        return request(path).compose(this::whole);
    }

    private Future<HttpClientRequest> request(String path) throws IOException {
        return client.request(options(path))
                .onSuccess(request ->
                        // A request that is under way tells of it; others need not know.
                        request.connection().exceptionHandler(_ -> {}));
    }

    private Future<Buffer> whole(HttpClientRequest request) {
        long timer = vertx.setTimer(times.answer(), _ -> request.reset());
        return request.send().compose(this::body).onComplete(_ -> vertx.cancelTimer(timer));
    }

    private Future<Buffer> body(HttpClientResponse response) {
        Promise<Buffer> body = Promise.promise();
        Buffer collected = Buffer.buffer();
        response.handler(bytes -> {
            collected.appendBuffer(bytes);
            if (collected.length() > LARGEST_ANSWER) {
                body.tryFail("an answer of more than 4 MiB");
                response.request().reset();
            }
        });
        response.exceptionHandler(body::tryFail);
        response.endHandler(_ -> {
            if (response.statusCode() == 200) {
                body.tryComplete(collected);
            } else {
                body.tryFail("the API server answered " + response.statusCode());
            }
        });
        return body.future();
    }

    /// Connections and answers have their own limits; the wait for a free connection needs one too.
    private <T> T wait(Future<T> future, String asked) throws IOException {
        try {
            long patience = times.connect() + 2 * times.answer();
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(patience, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new ApiFailure(
                    asked, cause == null ? e.toString() : String.valueOf(cause.getMessage()));
        } catch (TimeoutException _) {
            throw new ApiFailure(asked, "no answer in time");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ApiFailure(asked, "interrupted");
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
