package dev.llmgateway.cli.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmgateway.cli.admin.AdminPort;
import dev.llmgateway.cli.offline.Reading;
import dev.llmgateway.cli.place.ExitCode;
import dev.llmgateway.cli.place.Failure;
import dev.llmgateway.cli.place.Kind;
import dev.llmgateway.cli.place.Objects;
import dev.llmgateway.cli.place.Selector;
import dev.llmgateway.cli.print.Json;
import dev.llmgateway.cli.print.Yaml;
import dev.llmgateway.crds.compile.Reason;
import dev.llmgateway.crds.manifest.ReadProblem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The objects of a folder of manifests.
public final class FolderObjects implements Objects {
    private static final String DEFAULT = "default";

    private final Path folder;
    private final FolderFiles files;
    private final FolderSecrets secrets;
    private final String namespace;
    private final Supplier<AdminPort> admin;

    /// @param namespace empty: all are listed, and names are looked for in all
    /// @param admin where the folder's gateway would answer; asked anew each time, since it may
    ///   start while somebody waits for it
    public FolderObjects(
            Path folder,
            String namespace,
            Map<String, String> environment,
            Supplier<AdminPort> admin) {
        this.folder = folder;
        this.files = new FolderFiles(folder);
        this.secrets = new FolderSecrets(files, environment);
        this.namespace = namespace;
        this.admin = admin;
    }

    public Path folder() {
        return folder;
    }

    public AdminPort admin() {
        return admin.get();
    }

    /// The compile of what stands in the folder now.
    public Reading reading() {
        return Reading.of(files.manifests(), secrets::beside, Instant.now());
    }

    /// Keys that were generated for this folder.
    public FolderKeys keys() {
        return new FolderKeys(files);
    }

    /// Tokens of accounts that sign in.
    public FolderTokens tokens() {
        return new FolderTokens(files);
    }

    @Override
    public List<JsonNode> list(Kind kind, String selector) {
        Selector labels = Selector.of(selector);
        FolderStatus status = new FolderStatus(reading(), live());
        return objects(kind).stream()
                .filter(object -> namespace.isEmpty() || object.namespace().equals(namespace))
                .filter(object -> labels.matches(object.tree().at("/metadata/labels")))
                .sorted(
                        Comparator.comparing(FolderObject::namespace)
                                .thenComparing(FolderObject::name))
                .<JsonNode>map(object -> item(kind, object, status))
                .toList();
    }

    private Optional<JsonNode> live() {
        return admin().get("/accounts").filter(AdminPort.Answer::ok).map(AdminPort.Answer::json);
    }

    private ObjectNode item(Kind kind, FolderObject object, FolderStatus status) {
        ObjectNode item =
                Json.object().put("apiVersion", Kind.API_VERSION).put("kind", kind.kind());
        ObjectNode metadata =
                Json.object().put("name", object.name()).put("namespace", object.namespace());
        object.tree()
                .path("metadata")
                .properties()
                .forEach(member -> {
                    if (!metadata.has(member.getKey())) {
                        metadata.set(member.getKey(), member.getValue());
                    }
                });
        item.set("metadata", metadata);
        JsonNode spec = object.tree().path("spec");
        item.set("spec", spec.isObject() ? spec : Json.object());
        item.set("status", FolderSignIn.added(status.of(kind, object), object, tokens()));
        return item;
    }

    private List<FolderObject> objects(Kind kind) {
        List<FolderObject> objects = new ArrayList<>();
        files.manifests()
                .forEach((file, text) ->
                        YamlDocument.of(text).stream()
                                .filter(document -> document.is(kind.kind()))
                                .forEach(
                                        document -> objects.add(new FolderObject(file, document))));
        return objects;
    }

    @Override
    public Optional<JsonNode> find(Kind kind, String name) {
        return locate(kind, name)
                .map(object -> item(kind, object, new FolderStatus(reading(), live())));
    }

    /// In the namespace that was named; else in `default`, else wherever the name is the only one.
    private Optional<FolderObject> locate(Kind kind, String name) {
        List<FolderObject> named =
                objects(kind).stream()
                        .filter(object -> object.name().equals(name))
                        .filter(object ->
                                namespace.isEmpty() || object.namespace().equals(namespace))
                        .toList();
        Optional<FolderObject> own =
                named.stream().filter(object -> object.namespace().equals(DEFAULT)).findFirst();
        if (own.isEmpty() && named.size() > 1) {
            throw new Failure(ExitCode.USAGE, "ambiguous", name);
        }
        return own.or(() -> named.stream().findFirst());
    }

    @Override
    public void apply(List<ObjectNode> objects, Change change) {
        List<ObjectNode> ours =
                objects.stream()
                        .filter(object -> !object.path("kind").asText().equals("Secret"))
                        .toList();
        Map<String, String> texts = new TreeMap<>(files.manifests());
        Set<String> changed = new TreeSet<>();
        ours.forEach(object -> changed.add(put(texts, object)));
        refuseInvalid(ours, changed, texts);
        if (!change.real()) {
            return;
        }
        for (ObjectNode secret : objects) {
            String name = secret.at("/metadata/name").asText();
            secret.path("stringData")
                    .properties()
                    .forEach(value ->
                            files.writeSecret(
                                    "secrets/" + name + "/" + value.getKey(),
                                    value.getValue().asText() + "\n"));
        }
        changed.forEach(file -> files.write(file, texts.getOrDefault(file, "")));
    }

    /// Returns the file whose text it changed.
    private String put(Map<String, String> texts, ObjectNode object) {
        Kind kind = kind(object.path("kind").asText());
        Optional<FolderObject> there = locate(kind, object.at("/metadata/name").asText());
        String file = there.map(FolderObject::file).orElseGet(() -> fileOf(kind, object));
        String text =
                there.map(old ->
                                DocumentText.with(
                                        texts.getOrDefault(file, ""),
                                        old.document(),
                                        Yaml.of(object)))
                        .orElseGet(() -> Yaml.of(object));
        texts.put(file, text);
        return file;
    }

    /// A cluster's API server would refuse them too; what a Secret may still bring does not count.
    private void refuseInvalid(
            List<ObjectNode> objects, Set<String> changed, Map<String, String> texts) {
        Reading after = Reading.of(texts, secrets::beside, Instant.now());
        for (ReadProblem problem : after.problems()) {
            if (changed.contains(problem.source().file())) {
                throw new Failure(ExitCode.USAGE, "invalidInFolder", problem);
            }
        }
        for (ObjectNode object : objects) {
            String namespaceOf = object.at("/metadata/namespace").asText(DEFAULT);
            after
                    .of(
                            object.path("kind").asText(),
                            namespaceOf,
                            object.at("/metadata/name").asText())
                    .stream()
                    .filter(each ->
                            Reading.isError(each) && each.reason() == Reason.UnsupportedValue)
                    .findFirst()
                    .ifPresent(each -> {
                        throw new Failure(ExitCode.USAGE, "invalidInFolder", each);
                    });
        }
    }

    private static Kind kind(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.kind().equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("not a kind of ours: " + name);
    }

    private static String fileOf(Kind kind, JsonNode object) {
        String prefix =
                switch (kind) {
                    case ACCOUNT -> "account-";
                    case KEY -> "key-";
                    case GATEWAY -> "gateway-";
                };
        String namespace = object.at("/metadata/namespace").asText(DEFAULT);
        String own = namespace.equals(DEFAULT) ? "" : namespace + ".";
        return prefix + own + object.at("/metadata/name").asText() + ".yaml";
    }

    @Override
    public void edit(Kind kind, String name, List<Edit> edits, Change change) {
        FolderObject object = located(kind, name);
        String text = files.manifests().getOrDefault(object.file(), "");
        for (Edit edit : edits) {
            YamlDocument document = YamlDocument.of(text).get(object.document().position() - 1);
            text =
                    YamlEdit.apply(text, document, edit)
                            .orElseThrow(() ->
                                    new Failure(
                                            ExitCode.FAILURE,
                                            "editByHand",
                                            object.file(),
                                            String.join(".", edit.path())));
        }
        refuseBreaking(kind, object, text);
        if (change.real()) {
            files.write(object.file(), text);
        }
    }

    /// An object that is in force must not fall out of it by an edit of ours; one that is invalid
    /// may be mended step by step.
    private void refuseBreaking(Kind kind, FolderObject object, String text) {
        boolean valid =
                reading().of(kind.kind(), object.namespace(), object.name()).stream()
                        .noneMatch(Reading::isError);
        if (valid && object.tree() instanceof ObjectNode tree) {
            Map<String, String> texts = new TreeMap<>(files.manifests());
            texts.put(object.file(), text);
            refuseInvalid(List.of(tree), Set.of(object.file()), texts);
        }
    }

    @Override
    public void remove(Kind kind, String name, Change change) {
        FolderObject object = located(kind, name);
        if (!change.real()) {
            return;
        }
        List<Path> values = new FolderLeftovers(files, objects(Kind.ACCOUNT)).of(kind, object);
        String text = files.manifests().getOrDefault(object.file(), "");
        String rest = DocumentText.without(text, object.document());
        if (rest.isEmpty() && objects(kind).size() == 1) {
            files.write(object.file(), DocumentText.keepingFile(kind.kind(), object.namespace()));
        } else if (rest.isEmpty()) {
            files.delete(files.resolve(object.file()));
        } else {
            files.write(object.file(), rest);
        }
        values.forEach(files::delete);
    }

    private FolderObject located(Kind kind, String name) {
        return locate(kind, name)
                .orElseThrow(() ->
                        new Failure(
                                ExitCode.NOT_FOUND, "notFound", kind.kind(), name, namespace()));
    }

    @Override
    public String namespace() {
        return namespace.isEmpty() ? DEFAULT : namespace;
    }
}
