package dev.llmgateway.operator.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmgateway.fixtures.http.HttpMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the pods of a tenant's gateway say of themselves at their admin ports, asked as a
/// monitoring system would.
record PodCounters(Tenant tenant) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ADMIN_PORT = 9090;

    /// A page of every pod.
    List<String> pages(String path) {
        String token = token();
        return tenant.pods().stream()
                .map(pod -> {
                    try {
                        HttpMessage reply =
                                tenant.http()
                                        .get(
                                                PodHttp.address(pod, ADMIN_PORT),
                                                path,
                                                "authorization: Bearer " + token + "\r\n");
                        return reply.body();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private String token() {
        String encoded =
                tenant.kubectl(
                        "get secret " + tenant.gateway() + "-admin -o jsonpath={.data.token}");
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.US_ASCII);
    }

    /// Requests of all pods in the last hour.
    ///
    /// @param by `keys` or `accounts`
    /// @param name of a key or account in the tenant's namespace
    long requests(String by, String name) {
        return pages("/usage?since=60m").stream()
                .map(PodCounters::json)
                .mapToLong(page ->
                        page.path(by)
                                .path(tenant.namespace() + "/" + name)
                                .path("requests")
                                .asLong())
                .sum();
    }

    /// Requests of all accounts and pods in the last minutes.
    long requests(int minutes) {
        long sum = 0;
        for (String page : pages("/usage?since=" + minutes + "m")) {
            for (JsonNode account : json(page).path("accounts")) {
                sum += account.path("requests").asLong();
            }
        }
        return sum;
    }

    /// The sum over all pods of a counter's samples that have a label.
    long metric(String name, String label) {
        Pattern sample =
                Pattern.compile(
                        "(?m)^" + name + "\\{[^}]*" + Pattern.quote(label) + "[^}]*} (\\d+)");
        long sum = 0;
        for (String page : pages("/metrics")) {
            Matcher found = sample.matcher(page);
            while (found.find()) {
                sum += Long.parseLong(found.group(1));
            }
        }
        return sum;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.substring(Math.max(0, text.indexOf('{'))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
