package dev.llmgateway.runtime.transport;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a TLS handshake failed, in words that name neither certificates nor bytes. Pure.
final class TlsFault {
    private static final int MOST_CAUSES = 16;

    private TlsFault() {}

    /// The most telling of the exception and its causes.
    static String reason(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            String reason = known(cause);
            if (reason != null) {
                return reason;
            }
            cause = cause.getCause();
        }
        return byMessage(failure);
    }

    private static @Nullable String known(Throwable cause) {
        return switch (cause) {
            case SslHandshakeTimeoutException _ -> "the TLS handshake took too long";
            case ClosedChannelException _ ->
                    "the peer closed the connection during the TLS handshake";
            case NotSslRecordException _ -> "the peer does not speak TLS";
            case CertificateExpiredException _ -> "the certificate has expired";
            case CertificateNotYetValidException _ -> "the certificate is not valid yet";
            case CertPathValidatorException path -> ofPath(path);
            case CertPathBuilderException path ->
                    path.getCause() == null ? "the certificate's issuer is not trusted" : null;
            case CertificateException certificate -> ofName(certificate);
            default -> null;
        };
    }

    private static @Nullable String ofPath(CertPathValidatorException path) {
        if (path.getCause() instanceof CertificateException) {
            return null; // says it better
        }
        return switch (path.getReason()) {
            case BasicReason.EXPIRED -> "the certificate has expired";
            case BasicReason.NOT_YET_VALID -> "the certificate is not valid yet";
            case BasicReason.INVALID_SIGNATURE -> "the certificate's signature is wrong";
            case BasicReason.REVOKED -> "the certificate is revoked";
            case BasicReason.ALGORITHM_CONSTRAINED -> "the certificate's algorithm is too weak";
            default -> "the certificate's chain is not valid";
        };
    }

    private static @Nullable String ofName(CertificateException certificate) {
        String message = String.valueOf(certificate.getMessage());
        return message.startsWith("No name matching")
                        || message.startsWith("No subject alternative")
                ? "the certificate is for another name"
                : null;
    }

    private static String byMessage(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("protocol version")
                || message.contains("protocol_version")
                || message.contains("unsupported_protocol")) {
            return "no TLS version in common";
        }
        if (message.contains("wrong_version_number")) {
            return "the peer does not speak TLS";
        }
        if (message.contains("closed")) {
            return "the peer closed the connection during the TLS handshake";
        }
        return "the TLS handshake failed";
    }
}
