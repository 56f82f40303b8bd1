package dev.llmgateway.cli.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// Whose certificates are believed.
record Trust(SSLContext context) {
    /// @param roots PEM text; empty: the platform's
    static Trust of(String roots) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots.isEmpty() ? null : store(roots));
            context.init(null, trust.getTrustManagers(), null);
            return new Trust(context);
        } catch (GeneralSecurityException e) {
            throw new EndpointProblem("has a CA bundle that cannot be used");
        }
    }

    private static KeyStore store(String roots) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate each :
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(roots.getBytes(US_ASCII)))) {
            store.setCertificateEntry("root-" + number++, each);
        }
        return store;
    }

    /// TLS over an open connection; the certificate must name the host.
    Socket secured(Socket plain, Hop hop, Deadline deadline) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(plain, Hop.bare(hop.host()), hop.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(deadline.left());
        socket.startHandshake();
        return socket;
    }
}
