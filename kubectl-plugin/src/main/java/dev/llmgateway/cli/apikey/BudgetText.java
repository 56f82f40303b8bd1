package dev.llmgateway.cli.apikey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.verb.Words;
import dev.llmgateway.crds.api.Budget;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `50USD/month` as a budget. Pure.
final class BudgetText {
    private static final Pattern FORM =
            Pattern.compile(
                    "([0-9]{1,12}(?:\\.[0-9]{1,6})?)(usd|tokens|requests)/(hour|day|week|month|total)");
    private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);

    private BudgetText() {}

    static ObjectNode of(String text) {
        Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new Failure(ExitCode.USAGE, "badBudget", text);
        }
        boolean money = matcher.group(2).equals("usd");
        Budget.Unit unit =
                money
                        ? Budget.Unit.MicroUSD
                        : Words.choose(Budget.Unit.class, matcher.group(2), "--budget");
        BigDecimal amount = new BigDecimal(matcher.group(1));
        long limit = (money ? amount.multiply(MICRO) : amount).longValue();
        if (limit < 1) {
            throw new Failure(ExitCode.USAGE, "badBudget", text);
        }
        Budget.Window window = Words.choose(Budget.Window.class, matcher.group(3), "--budget");
        return Json.object()
                .put("name", matcher.group(3) + "-" + matcher.group(2))
                .put("unit", unit.name())
                .put("limit", limit)
                .put("window", window.name());
    }
}
