package dev.llmgateway.cli.version;

/// The program's version, filled in by the build.
public final class OwnVersion {
    public static final String NUMBER = number();

    private OwnVersion() {}

    private static String number() {
        String version = OwnVersion.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
