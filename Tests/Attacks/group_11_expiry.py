"""Sessions that end while a phase runs."""
from harness import attack, expect, token
from services import KEY, Server, answer


@attack(11, "ten commands of a second on sessions of six seconds, each printing its key as soon as it starts",
        "no command starts with an expired key, and every key is masked from its first byte")
def commands(h):
    text = token()
    keys = []

    def reply(*_):
        keys.append(f"{KEY}{len(keys):04}")
        # Expiries are whole seconds: what is renewed a quarter before must be more than the one that is cut off.
        return 200, answer(key=keys[-1], seconds=6)

    with Server(reply) as server:
        command = ('printf "<%s>" "$AWS_SECRET_ACCESS_KEY"; e=$(date -d "$AWS_CREDENTIAL_EXPIRATION" +%s); '
                   '[ $(date +%s) -lt $e ] && echo fresh || echo stale; sleep 1')
        h.manifest(*[command] * 10)
        result = h.run("deploy", environment=h.credentials(server.url(), text), limit=120)
    expect(result.status == 0, result.errors[-300:])
    h.expect_hidden([*keys, text], result.everything, "the output")
    expect(result.output.count("<***>fresh") == 10, result.output)
    expect(len(keys) >= 2, f"{len(keys)} exchanges")
    return f"10 of 10 fresh, {len(keys)} sessions"


@attack(11, "STS refuses, or is gone, when a session has ended", "75 or 77; no further command, the finished ones stay finished")
def gone(h):
    with Server(lambda _, n: (200, answer(seconds=2)) if n == 1 else (403, "")) as server:
        h.manifest("echo first; sleep 3", "touch ran")
        result = h.run("deploy", environment=h.credentials(server.url(), token()), limit=120)
    expect(result.status in (75, 77) and not h.ran and result.output == "first\n", f"{result.status} {result.output}")
    return f"status {result.status}"
