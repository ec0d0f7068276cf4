"""A server that is STS, or only pretends to be, as a script says; and one that must not be asked."""
import http.server
import os
import socket
import ssl
import subprocess
import threading
import time
from urllib.parse import parse_qs

KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLE"
SESSION = "FwoGZXIvYXdzEBYaDK/+" + "0123456789abcdefghijklmnopqrstuvwxyzABCDEF/+" * 6 + "=="


def answer(key=KEY, session=SESSION, seconds=3600, identifier="ASIAIOSFODNN7EXAMPLE", expiration=None):
    """What STS answers to a token that it takes."""
    when = expiration or time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))
    return (
        '<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
        "<AssumeRoleWithWebIdentityResult><AssumedRoleUser>"
        "<Arn>arn:aws:sts::112233445566:assumed-role/okteto-credentials/okteto-run</Arn></AssumedRoleUser>"
        f"<Credentials><SessionToken>{session}</SessionToken><SecretAccessKey>{key}</SecretAccessKey>"
        f"<Expiration>{when}</Expiration><AccessKeyId>{identifier}</AccessKeyId></Credentials>"
        "</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>"
    )


def error(code, message=""):
    return f"<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"


class Server:
    """An HTTP server on the loopback; `reply` gets the request's form and number, and gives a status, a body and headers."""

    def __init__(self, reply, tls=None):
        self.requests = []
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                owner.requests.append(body)
                result = reply(parse_qs(body.decode(errors="replace")), len(owner.requests))
                if result is None:
                    time.sleep(60)
                    return
                status, content, *headers = result
                content = content if isinstance(content, bytes) else content.encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                for name, value in headers[0].items() if headers else ():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_CONNECT = do_PUT = do_POST

            def log_message(self, *_):
                pass

        class Quiet(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass

        self.server = Quiet(("127.0.0.1", 0), Handler)
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, scheme="http", host="127.0.0.1"):
        return f"{scheme}://{host}:{self.port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Dripping:
    """A server that takes a request and then sends a byte a second, for ever."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                link, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.drip, args=(link,), daemon=True).start()

    @staticmethod
    def drip(link):
        try:
            link.recv(1 << 16)
            link.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while True:
                link.sendall(b" ")
                time.sleep(1)
        except OSError:
            pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()


def certificate(folder, name, host="localhost", days=1):
    """A certificate that signs itself; returns the files of it and of its key."""
    files = os.path.join(folder, name + ".pem"), os.path.join(folder, name + ".key")
    validity = ["-days", str(days)]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", *validity,
         "-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}", "-keyout", files[1], "-out", files[0]],
        check=True, capture_output=True,
    )
    return files


def tls(files, old=False):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if old:
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(*files)
    return context
