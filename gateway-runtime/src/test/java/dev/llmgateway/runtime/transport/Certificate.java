package dev.llmgateway.runtime.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/// A certificate and its key; a self-signed one is made by the JDK's own tool.
public record Certificate(KeyStore store) {
    static final String ALIAS = "test";
    static final String PASSWORD = "changeit";

    /// @param names subject alternative names, such as `dns:localhost,ip:127.0.0.1`
    public static Certificate of(Path folder, String names) throws Exception {
        Path file = folder.resolve(names.replaceAll("\\W", "_") + ".p12");
        Process tool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-J-XX:TieredStopAtLevel=1", // it lives for a moment
                                "-genkeypair",
                                "-alias",
                                ALIAS,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=test",
                                "-ext",
                                "san=" + names,
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new AssertionError(output);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new Certificate(store);
    }

    public String pem() throws GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
    }

    public ServerTls served() throws GeneralSecurityException {
        byte[] key = store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
        return new ServerTls(pem(), pem("PRIVATE KEY", key), "");
    }

    TlsProfile trusted() throws GeneralSecurityException {
        return new TlsProfile(true, pem());
    }

    /// Shows no certificate, and trusts only this one.
    public SSLContext anonymous() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust().getTrustManagers(), null);
        return context;
    }

    /// Serves this certificate, and trusts only it.
    public SSLContext context() throws GeneralSecurityException {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust().getTrustManagers(), null);
        return context;
    }

    private TrustManagerFactory trust() throws GeneralSecurityException {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        try {
            roots.load(null, null);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        roots.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        return trust;
    }

    SSLServerSocket listen() throws GeneralSecurityException, IOException {
        return (SSLServerSocket)
                context()
                        .getServerSocketFactory()
                        .createServerSocket(0, 64, InetAddress.getLoopbackAddress());
    }

    static String pem(String type, byte[] der) {
        return "-----BEGIN "
                + type
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END "
                + type
                + "-----\n";
    }
}
