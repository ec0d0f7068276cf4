"""Ends at bad moments."""
import time

from harness import INTERRUPT, attack, expect, token
from services import KEY, SESSION, Server, answer


@attack(12, "destroy after a deploy that failed, and after its session has ended", "an exchange of its own")
def destroy(h):
    keys = []

    def reply(*_):
        keys.append(f"{KEY}{len(keys):04}")
        return 200, answer(key=keys[-1], seconds=2)

    with Server(reply) as server:
        (h.work / "okteto.yml").write_text(
            "deploy:\n- sleep 3; exit 7\ndestroy:\n- printf %s \"$AWS_SECRET_ACCESS_KEY\" | tail -c 4\n", encoding="utf-8")
        variables = h.credentials(server.url(), token())
        first = h.run("deploy", environment=variables)
        second = h.run("destroy", environment=variables)
    expect(first.status == 7, f"deploy: {first.status} {first.errors[-200:]}")
    expect(second.status == 0 and second.output == keys[-1][-4:] and len(keys) >= 2, f"{second.output}, {len(keys)} exchanges")
    return f"{len(keys)} exchanges"


@attack(12, "Ctrl-C while STS is silent", "130 within two seconds, no file, no request more")
def interrupted(h):
    text = token()
    with Server(lambda *_: None) as server:
        h.manifest("touch ran")
        start = time.monotonic()
        child = h.start("deploy", environment=h.credentials(server.url(), text))
        while not server.requests and time.monotonic() - start < 20:
            time.sleep(0.05)
        sent = time.monotonic()
        child.send_signal(INTERRUPT)
        result = h.finish(child, start)
        took = time.monotonic() - sent
        expect(len(server.requests) == 1, f"{len(server.requests)} requests")
    expect(result.status == 130 and not h.ran, f"status {result.status}")
    expect(took < 2, f"{took:.1f} s")
    h.expect_hidden([text, KEY, SESSION], result.everything, "the output")
    h.expect_no_files([text])
    h.expect_no_leftovers()
    return f"130 after {took * 1000:.0f} ms"
