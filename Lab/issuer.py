"""The lab's OIDC issuer: discovery and keys on loopback, and tokens, good and bad.

    issuer.py serve FOLDER                   serves; FOLDER/url appears when it does
    issuer.py mint FOLDER [NAME=VALUE ...]   prints a token, without a newline
    issuer.py thumbprint FOLDER              prints the SHA-1 of the published certificate
"""

import base64
import datetime
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import sys
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

# k1 is published; k2 is a stranger's key, for tokens that must be refused.
KEYS = ("k1", "k2")
AUDIENCE = "okteto.example.com/us-east-2"
SUBJECT = "system:serviceaccount:okteto:okteto"
LIFETIME = 600


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def base64url_number(number: int) -> str:
    return base64url(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def create_key(folder: pathlib.Path, name: str) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"okteto-run lab issuer {name}")])
    now = datetime.datetime.utcnow()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    (folder / f"{name}.crt").write_bytes(certificate.public_bytes(serialization.Encoding.DER))
    (folder / f"{name}.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def private_key(folder: pathlib.Path, name: str) -> rsa.RSAPrivateKey:
    if name not in KEYS:
        raise SystemExit(f"issuer: no key {name}; there are {', '.join(KEYS)}")
    return serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), None)


def certificate(folder: pathlib.Path) -> bytes:
    return (folder / "k1.crt").read_bytes()


def key_set(folder: pathlib.Path) -> dict:
    numbers = private_key(folder, "k1").public_key().public_numbers()
    return {
        "keys": [
            {
                "kty": "RSA",
                "use": "sig",
                "alg": "RS256",
                "kid": "k1",
                "n": base64url_number(numbers.n),
                "e": base64url_number(numbers.e),
                # RADOS Gateway of Debian 12 reads only the certificate.
                "x5c": [base64.b64encode(certificate(folder)).decode()],
            }
        ]
    }


def serve(folder: pathlib.Path) -> None:
    for name in KEYS:
        if not (folder / f"{name}.key").exists():
            create_key(folder, name)
    keys = key_set(folder)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = self.server.url
            documents = {
                "/.well-known/openid-configuration": {
                    "issuer": url,
                    "jwks_uri": f"{url}/keys",
                    "response_types_supported": ["id_token"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                },
                "/keys": keys,
            }
            if self.path not in documents:
                self.send_error(404)
                return
            body = json.dumps(documents[self.path]).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{server.server_port}"
    unfinished = folder / "url.new"
    unfinished.write_text(server.url)
    unfinished.rename(folder / "url")
    server.serve_forever()


def mint(folder: pathlib.Path, settings: list) -> str:
    now = int(time.time())
    claims = {
        "iss": (folder / "url").read_text(),
        "aud": AUDIENCE,
        "sub": SUBJECT,
        "iat": now,
        "nbf": now,
        "exp": now + LIFETIME,
    }
    key, header = "k1", {"alg": "RS256", "kid": "k1", "typ": "JWT"}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise SystemExit(f"issuer: {setting}: not NAME=VALUE")
        if name == "key":
            key = value
        elif name in ("alg", "kid"):
            header[name] = value
        elif value == "":
            claims.pop(name, None)
        elif name in ("iat", "nbf", "exp"):
            claims[name] = now + int(value)
        else:
            claims[name] = json.loads(value) if value[0] in "[{" else value

    signed = ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))
    if header["alg"] == "none":
        signature = b""
    elif header["alg"] == "HS256":
        # The old trick: the public certificate used as a shared secret.
        signature = hmac.new(certificate(folder), signed.encode(), hashlib.sha256).digest()
    elif header["alg"] == "RS256":
        signature = private_key(folder, key).sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    else:
        raise SystemExit(f"issuer: no algorithm {header['alg']}; there are RS256, HS256 and none")
    return f"{signed}.{base64url(signature)}"


def main() -> None:
    os.umask(0o077)
    command, folder, settings = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
    if command == "serve":
        serve(folder)
    elif command == "mint":
        sys.stdout.write(mint(folder, settings))
    elif command == "thumbprint":
        sys.stdout.write(hashlib.sha1(certificate(folder)).hexdigest().upper())


main()
