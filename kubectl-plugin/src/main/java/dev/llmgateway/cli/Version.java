package dev.llmgateway.cli;

import picocli.CommandLine.IVersionProvider;

/// The plugin's version, filled in by the build.
final class Version implements IVersionProvider {
    static final String TEXT = "kubectl-llm_gateway " + number();

    private static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {TEXT};
    }
}
