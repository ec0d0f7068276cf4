#pragma once

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string.h>

// Certificates are made of macros and variadic functions, which Swift cannot call.

static inline int oktetorun_test_extend(X509 *certificate, X509 *issuer, int kind, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, kind, value);
    int done = extension != NULL && X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return done;
}

/// Makes a certificate of `name`, signed by `issuer`, or an authority when there is none. `group`, the name's
/// organization, and `places` ("DNS:a,IP:127.0.0.1") may be NULL. The certificate and the key are the caller's.
static inline X509 *_Nullable oktetorun_test_issue(
    const char *_Nonnull name, const char *_Nullable group, const char *_Nullable places, long seconds,
    X509 *_Nullable issuer, EVP_PKEY *_Nullable issuer_key, EVP_PKEY *_Nullable *_Nonnull key) {
    static long serial = 1;
    *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();
    if (*key == NULL || certificate == NULL) return NULL;
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), __atomic_add_fetch(&serial, 1, __ATOMIC_RELAXED));
    X509_gmtime_adj(X509_getm_notBefore(certificate), -86400 * 2);
    X509_gmtime_adj(X509_getm_notAfter(certificate), seconds);
    X509_set_pubkey(certificate, *key);
    X509_NAME *subject = X509_get_subject_name(certificate);
    if (group != NULL)
        X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_UTF8, (const unsigned char *)group, -1, -1, 0);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1, -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer == NULL ? certificate : issuer));
    X509 *signer = issuer == NULL ? certificate : issuer;
    int done = oktetorun_test_extend(
        certificate, signer, NID_basic_constraints, issuer == NULL ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (places != NULL) done = done && oktetorun_test_extend(certificate, signer, NID_subject_alt_name, places);
    done = done && X509_sign(certificate, issuer_key == NULL ? *key : issuer_key, EVP_sha256()) > 0;
    if (done) return certificate;
    X509_free(certificate);
    return NULL;
}

/// The PEM form of a certificate or a key, whichever is given, as a memory BIO that is the caller's.
static inline BIO *_Nullable oktetorun_test_pem(X509 *_Nullable certificate, EVP_PKEY *_Nullable key) {
    BIO *bio = BIO_new(BIO_s_mem());
    if (bio == NULL) return NULL;
    if (certificate != NULL) PEM_write_bio_X509(bio, certificate);
    if (key != NULL) PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL);
    return bio;
}

static inline long oktetorun_test_bytes(BIO *_Nonnull bio, char *_Nullable *_Nonnull bytes) {
    return BIO_get_mem_data(bio, bytes);
}

/// Adds a certificate to those that a server presents behind its own; it is the context's then.
static inline int oktetorun_test_add_chain(SSL_CTX *_Nonnull context, X509 *_Nonnull certificate) {
    return SSL_CTX_add_extra_chain_cert(context, certificate) == 1;
}

/// Signs with a P-256 key as ES256 does (RFC 7518 §3.4): the 64 bytes of r and s. Returns whether it could.
static inline int oktetorun_test_sign(
    EVP_PKEY *_Nonnull key, const unsigned char *_Nonnull bytes, size_t count, unsigned char *_Nonnull signature) {
    unsigned char der[128];
    size_t length = sizeof(der);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int done = context != NULL && EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
               EVP_DigestSign(context, der, &length, bytes, count) == 1;
    EVP_MD_CTX_free(context);
    const unsigned char *start = der;
    ECDSA_SIG *pair = done ? d2i_ECDSA_SIG(NULL, &start, (long)length) : NULL;
    done = pair != NULL && BN_bn2binpad(ECDSA_SIG_get0_r(pair), signature, 32) == 32 &&
           BN_bn2binpad(ECDSA_SIG_get0_s(pair), signature + 32, 32) == 32;
    ECDSA_SIG_free(pair);
    return done;
}

/// The public point of a P-256 key: the byte 4, x and y, 65 bytes. Returns whether it could.
static inline int oktetorun_test_point(EVP_PKEY *_Nonnull key, unsigned char *_Nonnull point) {
    size_t length = 0;
    return EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, point, 65, &length) == 1 &&
           length == 65;
}

/// The SHA-1 of a certificate's DER form, 20 bytes. Returns whether it could.
static inline int oktetorun_test_fingerprint(X509 *_Nonnull certificate, unsigned char *_Nonnull digest) {
    unsigned int length = 0;
    return X509_digest(certificate, EVP_sha1(), digest, &length) == 1 && length == 20;
}
