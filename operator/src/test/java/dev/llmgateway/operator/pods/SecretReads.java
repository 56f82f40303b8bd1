package dev.llmgateway.operator.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Who read which Secret in the namespace `llm-gateway`, of which the test cluster's audit log
/// keeps the answers.
///
/// @param events those about Secrets
record SecretReads(List<JsonNode> events) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static SecretReads of(Path auditLog) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(auditLog)) {
            if (line.endsWith("}")) { // the last one may be half written
                events.add(JSON.readTree(line));
            }
        }
        return new SecretReads(events);
    }

    /// Names of Secrets of which the user got all there is.
    Set<String> whole(String user) {
        return gets(user, event -> answered(event).equals("Secret"));
    }

    /// Names of Secrets of which the user asked for the metadata.
    Set<String> metadataOnly(String user) {
        return gets(user, event -> answered(event).equals("PartialObjectMetadata"));
    }

    private static String answered(JsonNode event) {
        return event.path("responseObject").path("kind").asText();
    }

    private Set<String> gets(String user, Predicate<JsonNode> which) {
        Set<String> names = new TreeSet<>();
        of(user, List.of("get")).stream()
                .filter(which)
                .forEach(event -> names.add(event.path("objectRef").path("name").asText()));
        return names;
    }

    /// Queries of the user's lists and watches, decoded; empty where there was none.
    Set<String> selectors(String user) {
        Set<String> queries = new TreeSet<>();
        for (JsonNode event : of(user, List.of("list", "watch"))) {
            String uri = event.path("requestURI").asText();
            String query = uri.substring(uri.indexOf('?') + 1);
            queries.add(URLDecoder.decode(query, StandardCharsets.UTF_8));
        }
        return queries;
    }

    private List<JsonNode> of(String user, List<String> verbs) {
        return events.stream()
                .filter(event -> event.path("user").path("username").asText().equals(user))
                .filter(event -> verbs.contains(event.path("verb").asText()))
                .toList();
    }
}
