package dev.darkroom.gearman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Certificates and keys in PEM form (RFC 7468). Errors name the file and what to do, and show nothing of its content. */
final class PemFiles {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----\\s([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** How a key of this kind signs, which shows whether key and certificate belong together. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private PemFiles() {}

    /** At least one certificate, in the order of the file. */
    static List<X509Certificate> certificates(Path file) {
        byte[] content = read(file);
        try {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(content))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (CertificateException e) {
            throw noCertificate(file, e);
        }
        throw noCertificate(file, null);
    }

    /** The key of the certificate. */
    static PrivateKey privateKey(Path file, Path certificateFile, X509Certificate certificate) {
        Matcher pem = KEY.matcher(new String(read(file), ISO_8859_1));
        if (!pem.find()) {
            throw noKey(file, null);
        }
        byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
        String kind = certificate.getPublicKey().getAlgorithm();
        String signature = SIGNATURES.get(kind);
        if (signature == null) {
            throw new IllegalArgumentException("The certificate in " + certificateFile + " has a key of the kind "
                    + kind + ": use RSA, EC or EdDSA");
        }
        try {
            PrivateKey key = KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            if (belongTogether(key, certificate, signature)) {
                return key;
            }
        } catch (InvalidKeySpecException | InvalidKeyException | SignatureException e) {
            // A key of another kind, or of another length.
            throw mismatch(file, certificateFile, e);
        } catch (GeneralSecurityException e) {
            throw noKey(file, e);
        }
        throw mismatch(file, certificateFile, null);
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate, String algorithm)
            throws GeneralSecurityException {
        byte[] probe = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(probe);
        return signature.verify(signed);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("There is no file " + file + ": name the PEM file that is meant", e);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException(
                    "The file " + file + " may not be read: let the user of this process read it", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("The file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException noCertificate(Path file, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "The file " + file + " holds no certificate in PEM form: it should have lines BEGIN CERTIFICATE",
                cause);
    }

    private static IllegalArgumentException noKey(Path file, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "The file " + file + " holds no PKCS#8 private key in PEM form without password (BEGIN PRIVATE KEY):"
                        + " convert it with 'openssl pkcs8 -topk8 -nocrypt'",
                cause);
    }

    private static IllegalArgumentException mismatch(Path file, Path certificate, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "The private key in " + file + " is not that of the first certificate in " + certificate
                        + ": use the key that the certificate was made for, the server's or client's own first in the chain",
                cause);
    }
}
