package dev.llmgateway.cli.upstream;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// What `upstream add` is told about an account.
final class AccountSpec {
    @Option(
            names = "--provider",
            required = true,
            paramLabel = "P",
            description =
                    "Anthropic, OpenAI, AzureOpenAI, Google, Qwen, OpenAICompatible, AnthropicCompatible or Simulated.")
    String provider = "";

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            defaultValue = "api-key",
            description =
                    "api-key, oauth, passthrough or none. Default: api-key; Simulated takes none.")
    String type = "api-key";

    @Option(
            names = "--display-name",
            paramLabel = "TEXT",
            description = "Name for people, in any language.")
    String displayName = "";

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Base URL. Default: the provider's.")
    String baseUrl = "";

    @Option(names = "--pool", paramLabel = "NAME", description = "Pool. Default: default.")
    String pool = "";

    @Option(
            names = "--priority",
            paramLabel = "N",
            description = "0-9, lower is used first. Default: 0.")
    int priority = -1;

    @Option(
            names = "--weight",
            paramLabel = "N",
            description = "1-1000, share inside a priority. Default: 100.")
    int weight = -1;

    @Option(
            names = "--model",
            paramLabel = "N[=UPSTREAM]",
            description =
                    "A model it serves, and its name upstream; may be repeated. Default: the provider's.")
    List<String> models = new ArrayList<>();

    @Option(
            names = "--formats",
            split = ",",
            paramLabel = "F",
            description =
                    "Wire formats it speaks: ChatCompletions, Messages, Responses, Completions, Embeddings, CountTokens, Models. Default: the provider's.")
    List<String> formats = new ArrayList<>();

    @Option(
            names = "--profile",
            paramLabel = "P",
            description = "oauth: Anthropic, Qwen or Custom. Default: by provider.")
    String profile = "";

    @Option(
            names = "--grant",
            paramLabel = "G",
            description =
                    "oauth: AuthorizationCode, DeviceCode, RefreshToken or ClientCredentials. Default: by profile.")
    String grant = "";

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description = "oauth: client id. Default: the gateway's.")
    String clientId = "";

    @Option(
            names = "--token-url",
            paramLabel = "URL",
            description = "oauth: token endpoint of profile Custom.")
    String tokenUrl = "";
}
