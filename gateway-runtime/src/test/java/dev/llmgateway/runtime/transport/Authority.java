package dev.llmgateway.runtime.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Issues certificates of every kind, good and bad, without a tool of the platform: X.509 written
/// byte by byte (RFC 5280; DER).
final class Authority {
    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final byte[] ECDSA_SHA256 = oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String name;
    private final KeyPair keys;
    private final X509Certificate certificate;
    private final Optional<Authority> issuer;

    private Authority(
            String name, KeyPair keys, X509Certificate certificate, Optional<Authority> issuer) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
        this.issuer = issuer;
    }

    static Authority root(String name) throws Exception {
        KeyPair keys = keyPair();
        X509Certificate certificate =
                parse(signed(keys, tbs(name, name, keys, valid(), authority())));
        return new Authority(name, keys, certificate, Optional.empty());
    }

    /// A subordinate one.
    Authority intermediate(String subject) throws Exception {
        KeyPair own = keyPair();
        byte[] der = signed(keys, tbs(name, subject, own, valid(), authority()));
        return new Authority(subject, own, parse(der), Optional.of(this));
    }

    /// From when to when, in days from now.
    record Validity(int from, int to) {}

    static Validity valid() {
        return new Validity(-1, 30);
    }

    /// A server's certificate with everything above it but the root.
    ///
    /// @param names host names or addresses
    Certificate issue(Validity validity, String... names) throws Exception {
        return issue(validity, true, false, names);
    }

    /// The same without the certificates of the intermediates.
    Certificate issueAlone(String... names) throws Exception {
        return issue(valid(), false, false, names);
    }

    /// The same with one bit of the signature changed.
    Certificate issueBroken(String... names) throws Exception {
        return issue(valid(), true, true, names);
    }

    private Certificate issue(Validity validity, boolean whole, boolean broken, String... names)
            throws Exception {
        KeyPair own = keyPair();
        byte[] der = signed(keys, tbs(name, names[0], own, validity, names(names)));
        if (broken) {
            der[der.length - 1] ^= 1;
        }
        List<X509Certificate> chain = new ArrayList<>(List.of(parse(der)));
        Optional<Authority> above = whole ? Optional.of(this) : Optional.empty();
        while (above.isPresent() && above.get().issuer.isPresent()) {
            chain.add(above.get().certificate);
            above = above.get().issuer;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                Certificate.ALIAS,
                own.getPrivate(),
                Certificate.PASSWORD.toCharArray(),
                chain.toArray(X509Certificate[]::new));
        return new Certificate(store);
    }

    TlsProfile trusted() throws GeneralSecurityException {
        return new TlsProfile(true, Certificate.pem("CERTIFICATE", certificate.getEncoded()));
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate parse(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der));
    }

    private static byte[] signed(KeyPair keys, byte[] tbs) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(tbs);
        return der(0x30, tbs, der(0x30, ECDSA_SHA256), bits(signature.sign()));
    }

    private static byte[] tbs(
            String issuer, String subject, KeyPair keys, Validity validity, byte[] extensions) {
        Instant now = Instant.now();
        return der(
                0x30,
                der(0xa0, der(2, new byte[] {2})), // version 3
                der(2, BigInteger.valueOf(SERIAL.incrementAndGet()).toByteArray()),
                der(0x30, ECDSA_SHA256),
                distinguished(issuer),
                der(
                        0x30,
                        time(now.plus(Duration.ofDays(validity.from()))),
                        time(now.plus(Duration.ofDays(validity.to())))),
                distinguished(subject),
                keys.getPublic().getEncoded(),
                der(0xa3, der(0x30, extensions)));
    }

    private static byte[] distinguished(String commonName) {
        byte[] text = commonName.getBytes(StandardCharsets.UTF_8);
        return der(0x30, der(0x31, der(0x30, oid(0x55, 4, 3), der(0x0c, text))));
    }

    private static byte[] time(Instant at) {
        return der(0x18, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    /// basicConstraints: an authority.
    private static byte[] authority() {
        byte[] value = der(0x30, der(1, new byte[] {-1}));
        return der(0x30, oid(0x55, 0x1d, 0x13), der(1, new byte[] {-1}), der(4, value));
    }

    /// subjectAltName.
    private static byte[] names(String... names) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String name : names) {
            boolean address = AddressGuard.literal(name).isPresent();
            byte[] value =
                    address
                            ? InetAddress.getByName(name).getAddress()
                            : name.getBytes(StandardCharsets.US_ASCII);
            all.writeBytes(der(address ? 0x87 : 0x82, value));
        }
        return der(0x30, oid(0x55, 0x1d, 0x11), der(4, der(0x30, all.toByteArray())));
    }

    private static byte[] oid(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return der(6, content);
    }

    private static byte[] bits(byte[] content) {
        return der(3, new byte[1], content);
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length >= 256) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length >= 128) {
            out.write(0x81);
        }
        out.write(length & 0xff);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
