package dev.llmgateway.crds.schema;

import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Comparator;
import java.util.List;

/// Adds to a generated CRD what the generator has no annotation for: texts of the root, `spec` as
/// required, the order of columns; and everything [CompleteField] knows.
final class CompleteSchema implements CRDPostProcessor {
    @Override
    public HasMetadata process(HasMetadata generated, String crdSpecVersion) {
        CustomResourceDefinition definition = (CustomResourceDefinition) generated;
        Kind kind = Kind.named(definition.getSpec().getNames().getKind());
        for (CustomResourceDefinitionVersion version : definition.getSpec().getVersions()) {
            root(version.getSchema().getOpenAPIV3Schema(), kind);
            version.getAdditionalPrinterColumns().sort(declared(kind.columns()));
        }
        return definition;
    }

    private static void root(JSONSchemaProps root, Kind kind) {
        root.setDescription(kind.text());
        root.setRequired(List.of("spec"));
        JSONSchemaProps spec = CompleteField.property(root, "spec");
        spec.setDescription("What is wanted. Required.");
        CompleteField.complete(spec, kind.spec());
        JSONSchemaProps status = CompleteField.property(root, "status");
        status.setDescription("What was found; written by the operator only. Default: absent.");
        CompleteField.complete(status, kind.status());
    }

    private static Comparator<CustomResourceColumnDefinition> declared(List<String> names) {
        return Comparator.comparingInt(column -> names.indexOf(column.getName()));
    }
}
