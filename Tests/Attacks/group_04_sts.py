"""An STS that is none, or means harm."""
import ssl
import time

from harness import attack, expect, token
from services import KEY, SESSION, Dripping, Server, answer, certificate, error, tls


def refused(h, reply, name, text=None, **more):
    """The run ends with 75 or 77 without a command having run; returns the result."""
    text = text or token()
    h.manifest("touch ran")
    with Server(lambda *_: reply) as server:
        result = h.run("deploy", environment=h.credentials(server.url(), text, **more))
    expect(result.status in (75, 77), f"{name}: status {result.status}")
    expect(not h.ran, f"{name}: a command ran")
    h.expect_hidden([text, KEY, SESSION], result.everything, name)
    expect(not any(ord(c) < 32 and c not in "\n\t" for c in result.everything), f"{name}: control characters are shown")
    expect("atal error" not in result.errors, f"{name}: {result.errors[-200:]}")
    return result


@attack(4, "a redirect (301, 302, 307, 308) to another server, with the token in its address", "not followed")
def redirects(h):
    with Server(lambda *_: (200, answer())) as other:
        for status in (301, 302, 307, 308):
            refused(h, (status, b"", {"Location": f"{other.url()}/?{token()}"}), f"{status}")
        expect(not other.requests, "the other server was asked")
    return "4 redirects, 0 requests elsewhere"


@attack(4, "HTML, a DOCTYPE, an entity bomb, an external entity, 10 MB, garbage, an empty answer",
        "77, in bounded time and memory")
def documents(h):
    bomb = '<!DOCTYPE b [<!ENTITY e0 "lol">' + "".join(
        f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10)) + "]><b>&e9;</b>"
    external = '<!DOCTYPE b [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + answer(key="&e;")
    bodies = {
        "HTML": "<html><body>Sign in</body></html>", "bomb": bomb, "external": external, "10 MB": b"A" * 10_000_000,
        "garbage": bytes(range(256)) * 8, "empty": "", "deep": "<a>" * 50_000, "truncated": answer()[:-80],
    }
    slowest = 0
    for name, body in bodies.items():
        result = refused(h, (200, body), name)
        expect("root:" not in result.everything, "a file of the machine was read")
        slowest = max(slowest, result.seconds)
    expect(slowest < 10, f"{slowest:.1f} s")
    return f"{len(bodies)} refused, the slowest in {slowest:.1f} s"


@attack(4, "credentials twice, an empty key, an expiry in the past, of nonsense and with junk behind, a token with newline, NUL or 70 kB",
        "77, and nothing of them in an environment")
def values(h):
    one = answer()
    inner = one[one.index("<Credentials>"):one.index("</Credentials>") + len("</Credentials>")]
    bodies = {
        "twice": one.replace(inner, inner + inner), "empty key": answer(key=""), "past": answer(seconds=-60),
        "nonsense": answer(expiration="garbage"), "junk": answer(expiration="2099-01-01T00:00:00Zjunk"),
        "no zone": answer(expiration="2099-01-01T00:00:00"), "newline": answer(session="a\nLD_PRELOAD=x"),
        "NUL": answer(session="a&#0;b"), "70 kB": answer(session="x" * 70_000), "escape": answer(identifier="\x1b[2J"),
        "blank": answer(key="a b"), "no identifier": answer(identifier=""),
    }
    for name, body in bodies.items():
        refused(h, (200, body), name)
    return f"{len(bodies)} refused"


@attack(4, "expiries with fractions and offsets, a token of 16 kB", "taken as they are meant")
def oddities(h):
    text = token()
    later = time.gmtime(time.time() + 7200 + 3600)
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", later)
    for expiration in (stamp + ".724061Z", stamp + ".424023425Z", stamp + "+02:00"):
        with Server(lambda *_, e=expiration: (200, answer(session="x" * 16_000, expiration=e))) as server:
            h.manifest("touch ran; printf %s \"$AWS_SESSION_TOKEN\" | wc -c")
            result = h.run("deploy", environment=h.credentials(server.url(), text))
            expect(result.status == 0 and "16000" in result.output, f"{expiration}: {result.status} {result.errors[-200:]}")
    return "3 of 3"


@attack(4, "terminal escapes and direction marks in the message of an error, and 1 MB of it", "shown as blanks, cut short")
def escapes(h):
    result = refused(h, (403, error("AccessDenied", "\u009b2J&#27;[31m\u202e evil\u2066 \r\n\x07".replace("\x07", "") + "x" * 100_000)), "escapes")
    expect(not any(c in result.everything for c in "\x1b\u009b\u202e\u2066"), "a control character is shown")
    expect(len(result.everything) < 5_000, f"{len(result.everything)} characters")
    return f"{len(result.everything)} characters, none of them control"


@attack(4, "TLS 1.1, a certificate signed by itself, for another host, expired", "the token is not sent")
def certificates(h):
    folder = str(h.folder)
    good = certificate(folder, "good")
    other = certificate(folder, "other", host="other.example.com")
    asked = []
    cases = {
        "unknown authority": (tls(good), None), "another host": (tls(other), other[0]), "TLS 1.1": (tls(good, old=True), good[0]),
    }
    for name, (context, bundle) in cases.items():
        text = token()
        h.manifest("touch ran")
        with Server(lambda *_: (200, answer()), tls=context) as server:
            variables = h.credentials(server.url("https", "localhost"), text, **({"AWS_CA_BUNDLE": bundle} if bundle else {}))
            result = h.run("deploy", environment=variables)
            asked += server.requests
        expect(result.status in (75, 77) and not h.ran, f"{name}: status {result.status}: {result.errors[-200:]}")
        expect(not asked, f"{name}: the token was sent")
    with Server(lambda *_: (200, answer()), tls=tls(good)) as server:
        result = h.run("deploy", environment=h.credentials(server.url("https", "localhost"), token(), AWS_CA_BUNDLE=good[0]))
    expect(result.status == 0, f"the good certificate: {result.errors[-200:]}")
    return f"{len(cases)} refused ({ssl.OPENSSL_VERSION.split()[1]}), a good one taken"


@attack(4, "silence, and an answer of one byte a second", "75 within the bound of time", fast=False)
def slowness(h):
    seen = []
    for name, server in (("silence", Server(lambda *_: None)), ("dripping", Dripping())):
        with server:
            h.manifest("touch ran")
            result = h.run("deploy", environment=h.credentials(f"http://127.0.0.1:{server.port}", token()), limit=90)
            expect(result.status == 75 and not h.ran, f"{name}: status {result.status}")
            seen.append(f"{name} {result.seconds:.0f} s")
    return ", ".join(seen)
