package dev.llmgateway.crds.compile;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether PEM text holds certificates, and nothing that looks like one and is none: the data plane
/// would find out only when it connects.
final class Certificates {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final Pattern BLOCK =
            Pattern.compile(BEGIN + "[A-Za-z0-9+/=\\s]*+-----END CERTIFICATE-----");

    private Certificates() {}

    static boolean readable(String pem) {
        int blocks = 0;
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            if (!isCertificate(block.group())) {
                return false;
            }
            blocks++;
        }
        return blocks > 0
                && blocks == (pem.length() - pem.replace(BEGIN, "").length()) / BEGIN.length();
    }

    private static boolean isCertificate(String block) {
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(block.getBytes(StandardCharsets.US_ASCII)));
            return true;
        } catch (CertificateException _) {
            return false;
        }
    }
}
