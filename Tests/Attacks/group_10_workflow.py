"""GitHub Actions: `::add-mask::` has the value in it."""
import os
import pathlib
import subprocess

from harness import attack, expect, token
from services import Server, answer

PERCENT = "100%0Asecret%key/with+percent"


def step(h, command, runner="Runner.Worker"):
    """What the runner reads, and what went elsewhere, of a step with this command."""
    text = token()
    script = h.folder / runner
    script.write_text(f"#!/bin/bash\nbash -c '{command}' | cat >{h.folder}/log\n", encoding="utf-8")
    os.chmod(script, 0o700)
    (h.folder / "elsewhere").write_text("", encoding="ascii")
    h.manifest("echo hello")
    with Server(lambda *_: (200, answer(key=PERCENT.replace("&", "&amp;")))) as server:
        variables = h.credentials(server.url(), text) | {"GITHUB_ACTIONS": "true", "RUN": h.program, "ELSEWHERE": f"{h.folder}/elsewhere"}
        subprocess.run([script], cwd=h.work, env=h.environment(variables), capture_output=True, check=False, timeout=60)
    read = pathlib.Path(h.folder / "log").read_text(encoding="utf-8")
    return read, (h.folder / "elsewhere").read_text(encoding="utf-8"), text


@attack(10, "a key with `%`, in a job whose runner reads standard output", "told once, escaped, before the first command's output")
def told(h):
    log, _, text = step(h, "$RUN deploy")
    # The groups, by which the log is folded, are okteto-run's too.
    lines = [line for line in log.splitlines() if not line.startswith(("::group::", "::endgroup::"))]
    expect(lines.count("::add-mask::" + PERCENT.replace("%", "%25")) == 1, log.replace(PERCENT, "KEY"))
    expect(lines.count("::add-mask::" + text) == 1 and lines[-1] == "hello", "the token, or the order")
    expect(all(line.startswith("::add-mask::") for line in lines[:-1]), "something else was printed")
    return f"{len(lines) - 1} values"


@attack(10, "standard output redirected to a file, a pipe, a variable, or no runner there", "nobody is told")
def redirected(h):
    commands = ["$RUN deploy >$ELSEWHERE", "$RUN deploy | tee $ELSEWHERE", "echo \"$($RUN deploy)\"", "$RUN deploy 2>&1 | cat",
                "(cd . && $RUN deploy) | sort >$ELSEWHERE", "GITHUB_ACTIONS= $RUN deploy", "GITHUB_ACTIONS=TRUE $RUN deploy"]
    for command in commands:
        log, elsewhere, text = step(h, command)
        h.expect_hidden([PERCENT, text], log + elsewhere, command)
        expect("add-mask" not in log + elsewhere, command)
    log, _, text = step(h, "$RUN deploy", runner="some-script")
    h.expect_hidden([PERCENT, text], log, "without a runner")
    return f"{len(commands) + 1} of {len(commands) + 1}"
