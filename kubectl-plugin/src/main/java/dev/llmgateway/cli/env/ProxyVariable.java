package dev.llmgateway.cli.env;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.llmgateway.cli.print.Json;
import java.util.ArrayList;
import java.util.List;

/// The three environment variables of proxies, as fields of `spec.egress`.
enum ProxyVariable {
    http_proxy("httpProxy"),
    https_proxy("httpsProxy"),
    no_proxy("noProxy");

    private final String field;

    ProxyVariable(String field) {
        this.field = field;
    }

    String field() {
        return field;
    }

    /// `no_proxy` is a list, the others are texts.
    JsonNode value(String text) {
        if (this != no_proxy) {
            return Json.text(text);
        }
        ArrayNode list = Json.array();
        for (String each : text.split(",", -1)) {
            if (!each.isBlank()) {
                list.add(each.strip());
            }
        }
        return list;
    }

    /// As a variable would hold it; empty: unset.
    String text(JsonNode egress) {
        JsonNode value = egress.path(field);
        if (!value.isArray()) {
            return value.asText();
        }
        List<String> parts = new ArrayList<>();
        value.forEach(each -> parts.add(each.asText()));
        return String.join(",", parts);
    }
}
