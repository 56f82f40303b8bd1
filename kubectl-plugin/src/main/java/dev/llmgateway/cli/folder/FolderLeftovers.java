package dev.llmgateway.cli.folder;

import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.crds.oauth.TokenFile;
import java.nio.file.Path;
import java.util.List;

/// Which Secret values nobody needs once an object is gone. Pure.
///
/// @param accounts all of the folder
record FolderLeftovers(FolderFiles files, List<FolderObject> accounts) {
    List<Path> of(Kind kind, FolderObject object) {
        return switch (kind) {
            case ACCOUNT -> accountKey(object);
            case KEY -> generatedKey(object);
            case GATEWAY -> List.of();
        };
    }

    private List<Path> accountKey(FolderObject account) {
        String secret = secret(account);
        boolean shared = accounts.stream().filter(each -> secret(each).equals(secret)).count() > 1;
        String key = account.tree().at("/spec/auth/apiKey/secretRef/key").asText();
        boolean plain = !(secret + key).contains("/") && !(secret + key).contains("..");
        return shared || secret.isEmpty() || key.isEmpty() || !plain
                ? tokens(account)
                : List.of(files.resolve("secrets/" + secret + "/" + key));
    }

    private List<Path> tokens(FolderObject account) {
        String secret = tokenSecret(account);
        boolean shared =
                accounts.stream().filter(each -> tokenSecret(each).equals(secret)).count() > 1;
        boolean plain = !secret.contains("/") && !secret.contains("..");
        return shared || secret.isEmpty() || !plain
                ? List.of()
                : List.of(
                        files.resolve(
                                FolderTokens.path(account.namespace(), secret, TokenFile.SUFFIX)));
    }

    private static String tokenSecret(FolderObject account) {
        return account.tree().at("/spec/auth/oauth/secretRef/name").asText();
    }

    private static String secret(FolderObject account) {
        return account.tree().at("/spec/auth/apiKey/secretRef/name").asText();
    }

    private List<Path> generatedKey(FolderObject key) {
        String secret = key.tree().at("/spec/source/generate/secretName").asText();
        return secret.isEmpty() || secret.contains("/")
                ? List.of()
                : List.of(FolderKeys.file(files, key.namespace(), secret));
    }
}
