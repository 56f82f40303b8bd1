package dev.llmgateway.cli;

/// The program's version, filled in by the build.
final class Version {
    static final String NUMBER = number();
    static final String TEXT = "kubectl-llm_gateway " + NUMBER;

    private Version() {}

    private static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
