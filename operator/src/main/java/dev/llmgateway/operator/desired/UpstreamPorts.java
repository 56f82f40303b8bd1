package dev.llmgateway.operator.desired;

import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.GatewayPlan;
import java.net.URI;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// TCP ports a gateway must be let out to.
public final class UpstreamPorts {
    private UpstreamPorts() {}

    /// Of the upstreams and proxies of all accounts of a plan.
    public static SortedSet<Integer> of(GatewayPlan plan) {
        return ports(plan.accounts().stream().flatMap(UpstreamPorts::addresses));
    }

    /// Of the gateway's own collector and proxies.
    static SortedSet<Integer> of(GatewayConfigSpec spec) {
        Stream<String> proxies =
                spec.egress() == null
                        ? Stream.empty()
                        : Stream.of(spec.egress().httpProxy(), spec.egress().httpsProxy())
                                .filter(Objects::nonNull);
        return ports(
                Stream.concat(proxies, Stream.ofNullable(spec.observability().otlpEndpoint())));
    }

    private static Stream<String> addresses(AccountPlan account) {
        return Stream.of(
                        account.baseURL(),
                        account.egress().httpProxy(),
                        account.egress().httpsProxy())
                .filter(address -> !address.isEmpty());
    }

    private static SortedSet<Integer> ports(Stream<String> addresses) {
        return addresses
                .map(URI::create)
                .map(UpstreamPorts::port)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int port(URI address) {
        if (address.getPort() > 0) {
            return address.getPort();
        }
        return "http".equalsIgnoreCase(address.getScheme()) ? 80 : 443;
    }
}
