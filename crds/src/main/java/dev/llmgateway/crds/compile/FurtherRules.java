package dev.llmgateway.crds.compile;

import dev.llmgateway.crds.api.Budget;
import dev.llmgateway.crds.api.Egress;
import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.api.ModelFilter;
import dev.llmgateway.crds.api.ModelRoute;
import dev.llmgateway.crds.api.Selector;
import dev.llmgateway.crds.api.UpstreamAccountSpec;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Rules over single records that the API server does not know.
final class FurtherRules {
    private static final Pattern EXACT_OR_PREFIX = Pattern.compile("[^*]+|[^*]*\\*");
    private static final Pattern EITHER_END = Pattern.compile("\\*?[^*]*\\*?");
    private static final Pattern ALLOWED_HOST =
            Pattern.compile(
                    "(\\*\\.)?[A-Za-z0-9._-]+(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]+](:[0-9]{1,5})?");
    private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[^/?#@\\s*]+");

    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    static final List<SchemaRule<?>> ALL =
            List.of(
                    rule(
                            UpstreamAccountSpec.Model.class,
                            "name",
                            "`*` may stand only at the end",
                            model -> exactOrPrefix(model.name())),
                    rule(
                            UpstreamAccountSpec.Model.class,
                            "upstream",
                            "must be one model name, without `*`",
                            model -> exact(model.upstream())),
                    rule(
                            ModelRoute.class,
                            "match",
                            "`*` may stand only at the end",
                            route -> exactOrPrefix(route.match())),
                    rule(
                            ModelRoute.Target.class,
                            "model",
                            "must be one model name, without `*`",
                            target -> exact(target.model())),
                    rule(
                            ModelFilter.class,
                            "allow",
                            "`*` may stand only at either end",
                            filter -> allMatch(filter.allow(), EITHER_END)),
                    rule(
                            ModelFilter.class,
                            "deny",
                            "`*` may stand only at either end",
                            filter -> allMatch(filter.deny(), EITHER_END)),
                    rule(
                            Selector.Requirement.class,
                            "values",
                            "values are needed with In and NotIn, and only there",
                            FurtherRules::valuesFitTheOperator),
                    rule(
                            Budget.class,
                            "timeZone",
                            "must be a time zone such as UTC or Europe/Paris",
                            budget -> isTimeZone(budget.timeZone())),
                    rule(
                            GatewayConfigSpec.Cors.class,
                            "allowedOrigins",
                            "must be `*` or origins such as https://app.example.com",
                            cors -> allMatch(cors.allowedOrigins(), ORIGIN)),
                    rule(
                            Egress.class,
                            "allowHosts",
                            "must be hosts such as vllm.svc, vllm.svc:8000 or *.internal.example",
                            egress -> allMatch(egress.allowHosts(), ALLOWED_HOST)));

    private FurtherRules() {}

    private static boolean exactOrPrefix(@Nullable String pattern) {
        return pattern == null || EXACT_OR_PREFIX.matcher(pattern).matches();
    }

    private static boolean exact(@Nullable String model) {
        return model == null || !model.contains("*");
    }

    private static boolean allMatch(List<String> texts, Pattern pattern) {
        return texts.stream()
                .filter(Objects::nonNull)
                .allMatch(text -> pattern.matcher(text).matches());
    }

    private static boolean valuesFitTheOperator(Selector.Requirement requirement) {
        boolean given = !requirement.values().isEmpty();
        boolean needed =
                requirement.operator() == Selector.Operator.In
                        || requirement.operator() == Selector.Operator.NotIn;
        return given == needed;
    }

    private static boolean isTimeZone(String zone) {
        return ZONES.contains(zone);
    }

    private static <R extends Record> SchemaRule<R> rule(
            Class<R> type, String field, String message, Predicate<R> holds) {
        return new SchemaRule<>(type, field, message, holds);
    }
}
