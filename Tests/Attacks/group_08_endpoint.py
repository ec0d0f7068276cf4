"""The endpoint that gives a phase its credentials (`--credentials-mode endpoint`)."""
import concurrent.futures
import http.client
import socket
import time
import urllib.parse

from harness import Missing, attack, expect, token, wait_for
from services import KEY, SESSION, Server, answer


class Phase:
    """A phase that waits, and where its endpoint is."""

    def __init__(self, h, seconds=3600):
        if not h.supports("--credentials-mode", "deploy"):
            raise Missing("this build has no --credentials-mode")
        self.h = h
        self.server = Server(lambda *_: (200, answer(seconds=seconds)))

    def __enter__(self):
        h = self.h
        h.manifest('env | grep -c "^AWS_SECRET_ACCESS_KEY="; printf %s "$AWS_CONTAINER_CREDENTIALS_FULL_URI" >uri; '
                   'printf %s "$AWS_CONTAINER_AUTHORIZATION_TOKEN" >auth; echo ready; sleep 30')
        self.start = time.monotonic()
        self.child = h.start("deploy", "--credentials-mode", "endpoint", environment=h.credentials(self.server.url(), token()))
        lines = []
        while not lines or lines[-1] != "ready":
            line = self.child.stdout.readline().decode()
            expect(line, "the phase did not begin")
            lines.append(line.strip())
        expect(lines[0] == "0", "static credentials are in the environment as well")
        self.url = urllib.parse.urlsplit((h.work / "uri").read_text(encoding="ascii"))
        self.auth = (h.work / "auth").read_text(encoding="ascii")
        expect(len(self.auth) >= 32, "the token is short")
        return self

    def __exit__(self, *_):
        self.child.terminate()
        self.result = self.h.finish(self.child, self.start)
        self.server.__exit__()

    def get(self, path=None, host=None, method="GET", auth=None, **headers):
        link = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=10)
        link.putrequest(method, path or self.url.path, skip_host=True)
        link.putheader("Host", host or self.url.netloc)
        if auth is not False:
            link.putheader("Authorization", auth or self.auth)
        for name, value in headers.items():
            link.putheader(name.replace("_", "-"), value)
        try:
            link.endheaders()
            answer_ = link.getresponse()
            return answer_.status, answer_.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            link.close()


@attack(8, "no token, a wrong one, a longer one, another host's name, X-Forwarded-For, guessed paths, POST and DELETE, garbage",
        "no credentials; the right request gets them")
def requests(h):
    with Phase(h) as phase:
        expect(phase.url.hostname == "127.0.0.1", f"it listens at {phase.url.hostname}")
        status, body = phase.get()
        expect(status == 200 and KEY in body, f"the right request: {status}")
        cases = {
            "no token": {"auth": False}, "wrong": {"auth": "x" * len(phase.auth)}, "longer": {"auth": phase.auth + "x"},
            "shorter": {"auth": phase.auth[:-1]}, "bearer": {"auth": "Bearer " + phase.auth}, "evil host": {"host": "evil.example.com"},
            "other port": {"host": "127.0.0.1:1"}, "forwarded": {"X_Forwarded_For": "10.0.0.1"}, "path": {"path": "/"},
            "longer path": {"path": phase.url.path + "/x"}, "traversal": {"path": phase.url.path + "/../" + phase.url.path[1:]},
            "POST": {"method": "POST"}, "DELETE": {"method": "DELETE"}, "evil and no token": {"auth": False, "host": "evil"},
        }
        for name, arguments in cases.items():
            status, body = phase.get(**arguments)
            expect(status != 200 and KEY not in body and SESSION not in body, f"{name}: {status}")
        for junk in (b"\r\n\r\n", b"GET\r\n\r\n", b"A" * 100_000, bytes(range(256)) * 64):
            with socket.create_connection((phase.url.hostname, phase.url.port), timeout=10) as link:
                try:
                    link.sendall(junk)
                    link.shutdown(socket.SHUT_WR)
                    expect(KEY.encode() not in link.recv(1 << 16), "garbage got credentials")
                except OSError:
                    pass
        expect(phase.get()[0] == 200, "it does not answer any more")
    h.expect_hidden([phase.auth, KEY, SESSION], phase.result.everything, "the output")
    expect(phase.get()[0] == 0, "it answers after the phase")
    return f"{len(cases) + 4} refused; gone with the phase"


@attack(8, "1,000 reads at once, among 200 connections that say nothing", "all answered, one exchange")
def crowd(h):
    with Phase(h) as phase:
        idle = [socket.create_connection((phase.url.hostname, phase.url.port)) for _ in range(200)]
        with concurrent.futures.ThreadPoolExecutor(50) as pool:
            results = list(pool.map(lambda _: phase.get()[0], range(1_000)))
        for link in idle:
            link.close()
        exchanges = len(phase.server.requests)
    good = results.count(200)
    expect(exchanges == 1, f"{exchanges} exchanges")
    expect(good == 1_000, f"{good} of 1,000 answered")
    return f"{good} answered, {exchanges} exchange"
