package dev.llmgateway.cli.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.offline.Placeholders;
import dev.llmgateway.cli.offline.Reading;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.verb.Facts;
import dev.llmgateway.cli.verb.Gateways;
import dev.llmgateway.cli.verb.Place;
import dev.llmgateway.cli.verb.Session;
import dev.llmgateway.crds.api.Auth;
import dev.llmgateway.crds.api.GatewayConfigSpec;
import dev.llmgateway.crds.manifest.Manifest;
import dev.llmgateway.crds.manifest.ManifestReader;
import dev.llmgateway.crds.manifest.ManifestSet;
import dev.llmgateway.crds.oauth.OAuthSettings;
import dev.llmgateway.crds.plan.AccountPlan;
import dev.llmgateway.crds.plan.EgressPlan;
import java.util.List;
import java.util.Optional;

/// An account that signs in, and what a sign-in has to know of it.
///
/// @param object as it was found, with its status
/// @param secret name of its token Secret
/// @param egress how its endpoints are reached; directly where that cannot be told
record OAuthAccount(JsonNode object, String secret, OAuthSettings settings, EgressPlan egress) {
    /// @throws Failure it is not there, does not sign in, or lacks something
    static OAuthAccount of(Session session, String name) {
        JsonNode object = session.objects().read(Kind.ACCOUNT, name);
        ManifestSet world = world(session, object);
        String namespace = Facts.namespace(object);
        Auth.OAuth oauth =
                world.accounts().stream()
                        .filter(each ->
                                each.namespace().equals(namespace) && each.name().equals(name))
                        .map(each -> each.spec().auth())
                        .filter(auth -> auth != null && auth.oauth() != null)
                        .map(Auth::oauth)
                        .findFirst()
                        .orElseThrow(() -> new Failure(ExitCode.USAGE, "notOAuth", name));
        List<GatewayConfigSpec.OAuthClient> clients =
                world.gateways().stream()
                        .filter(each -> isOf(each, object))
                        .flatMap(each -> each.spec().oauthClients().stream())
                        .toList();
        return switch (OAuthSettings.read(oauth, clients)) {
            case OAuthSettings.Reading.Complete(var settings) ->
                    new OAuthAccount(
                            object,
                            oauth.secretRef().name(),
                            settings,
                            egress(session, world, namespace + "/" + name));
            case OAuthSettings.Reading.Missing(var path, var message) ->
                    throw new Failure(ExitCode.USAGE, "oauthLacks", name, path, message);
        };
    }

    String name() {
        return Facts.name(object);
    }

    String namespace() {
        return Facts.namespace(object);
    }

    /// What there is to be compiled: the folder's manifests, or on a cluster the account and its
    /// gateway, if that may be read.
    private static ManifestSet world(Session session, JsonNode object) {
        return switch (session.place()) {
            case Place.Folder(var folder) -> folder.reading().manifests();
            case Place.Cluster _ ->
                    Gateways.of(session, object)
                            .map(gateway -> read(object).merge(read(gateway)))
                            .orElseGet(() -> read(object));
        };
    }

    private static ManifestSet read(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove("status");
        if (copy.get("metadata") instanceof ObjectNode metadata) {
            metadata.retain("name", "namespace", "labels");
        }
        return ManifestReader.read("(cluster)", Json.compact(copy)).manifests();
    }

    private static boolean isOf(Manifest<GatewayConfigSpec> gateway, JsonNode account) {
        String named = Facts.text(account, "/spec/gatewayRef/name");
        return named.isEmpty() || gateway.name().equals(named);
    }

    private static EgressPlan egress(Session session, ManifestSet world, String ref) {
        ManifestSet complete = world.merge(Placeholders.of(world));
        Optional<AccountPlan> plan =
                Reading.of(complete, session.now()).compilation().plans().values().stream()
                        .flatMap(each -> each.accounts().stream())
                        .filter(each -> each.ref().toString().equals(ref))
                        .findFirst();
        return plan.map(AccountPlan::egress).orElse(EgressPlan.DIRECT);
    }
}
