"""Every byte that a run leaves or shows, on success and on each way to fail."""
import os
import pathlib
import shutil
import subprocess
import time

from harness import INTERRUPT, KILL, attack, expect, forms, token, wait_for
from services import KEY, SESSION, Server, answer, error


@attack(1, "failing exchanges: refused, expired, 500, a reset, a timeout; the answer echoes the token",
        "no stream, file or argument has the token")
def failures(h):
    h.manifest("touch ran")
    seen = []
    for status, code in [(403, "AccessDenied"), (400, "ExpiredTokenException"), (400, "InvalidIdentityToken"),
                         (500, "InternalFailure"), (429, "Throttling")]:
        text = token()

        def echo(form, _, status=status, code=code):
            given = form.get("WebIdentityToken", [""])[0]
            return status, error(code, f"got {given} and {given.split('.')[-1]}"), {"X-Token": given}

        with Server(echo) as server:
            for output in ("plain", "json"):
                result = h.run("deploy", "--log-output", output, environment=h.credentials(server.url(), text))
                expect(result.status in (75, 77), f"{code}: status {result.status}")
                h.expect_hidden([text, *text.split(".")[1:]], result.everything, f"the message of {code}")
            expect(server.requests, "STS was not asked")
        h.expect_no_files([text])
        seen.append(f"{code} {result.status}")
    expect(not h.ran, "a command ran")
    h.expect_no_leftovers()
    return ", ".join(seen)


@attack(1, "a run that succeeds, is interrupted, or whose command is killed; files and arguments of all processes meanwhile",
        "nothing but the commands' own environment has a secret; nothing is left")
def ends(h):
    text = token()
    secrets = [text, KEY, SESSION]
    seen = []
    with Server(lambda *_: (200, answer())) as server:
        for name, command in [("success", "echo ready; sleep 1"), ("SIGINT", "echo ready; sleep 30"),
                              ("command killed", "echo ready; sleep 1; kill -9 $$"),
                              ("SIGKILL", "echo ready; sleep 30")]:
            h.manifest(command)
            start = time.monotonic()
            child = h.start("deploy", environment=h.credentials(server.url(), text))
            first = child.stdout.readline()
            expect(first == b"ready\n", "the command did not begin")
            count = h.expect_no_arguments(secrets)
            h.expect_no_files(secrets)
            if name == "SIGINT":
                child.send_signal(INTERRUPT)
            elif name == "SIGKILL":
                child.send_signal(KILL)
            result = h.finish(child, start)
            h.expect_hidden(secrets, result.everything, name)
            if name == "SIGKILL":
                wait_for(lambda: not any(h.temporary.iterdir()))
            h.expect_no_files(secrets)
            h.expect_no_leftovers()
            seen.append(f"{name} {result.status}")
    return f"{', '.join(seen)}; {count} processes looked at"


@attack(1, "a crash of okteto-run by SIGSEGV, ABRT and QUIT with core dumps and backtraces asked for",
        "no core, and no secret in what a crash handler prints")
def crashes(h):
    text = token()
    with Server(lambda *_: (200, answer())) as server:
        h.manifest("echo ready; sleep 5")
        for number in (11, 6, 3):
            variables = h.credentials(server.url(), text) | {"SWIFT_BACKTRACE": "enable=yes,color=no,limit=none"}
            start = time.monotonic()
            child = subprocess.Popen(
                ["bash", "-c", "ulimit -c unlimited; exec \"$0\" deploy", h.program], cwd=h.work,
                env=h.environment(variables), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )
            expect(child.stdout.readline() == b"ready\n", "the command did not begin")
            limits = pathlib.Path(f"/proc/{child.pid}/limits").read_text(encoding="ascii")
            core = next(line for line in limits.splitlines() if line.startswith("Max core"))
            expect(core.split()[4:6] == ["0", "0"], core)
            child.send_signal(number)
            result = h.finish(child, start, 120)
            h.expect_hidden([text, KEY, SESSION], result.everything, f"signal {number}")
            expect(not list(h.work.glob("*core*")), "a core file")
    return "core limit 0; three crashes without a trace"


@attack(1, "another process of the same user reads okteto-run's environment, memory and descriptors by /proc",
        "refused, while the command's own environment can be read")
def inspection(h):
    # root may read everything, so root tries it as somebody else.
    user = 65534 if os.geteuid() == 0 else os.geteuid()
    program = h.folder / "okteto-run"
    shutil.copy(h.program, program)
    h.program = str(program)
    h.manifest("echo ready; exec sleep 5")
    if os.geteuid() == 0:
        for path in [h.folder, *h.folder.rglob("*")]:
            os.chown(path, user, user)

    def read(*paths):
        return subprocess.run(["cat", *paths], user=user, capture_output=True, check=False)

    text = token()
    with Server(lambda *_: (200, answer())) as server:
        child = h.start("deploy", environment=h.credentials(server.url(), text), user=user)
        first = child.stdout.readline()
        expect(first == b"ready\n", "the command did not begin")
        try:
            for name in ("environ", "mem", "maps", "fd/0"):
                result = read(f"/proc/{child.pid}/{name}")
                expect(result.returncode != 0 and b"ermission" in result.stderr, f"{name}: {result.stderr!r}")
            readable = [path for path in pathlib.Path("/proc").glob("[0-9]*")
                        if (path / "comm").exists() and (path / "comm").read_text() == "sleep\n"
                        and KEY.encode() in read(path / "environ").stdout]
            expect(readable, "not even the command's environment can be read, so nothing was checked")
        finally:
            child.terminate()
            child.communicate()
    return "4 refused"


def engine_traces(h, engine):
    h.need("endpoint", f"{engine}Socket")
    given = h.lab_token()
    h.manifest("printf 'KEY %s\\n' \"$(printf %s \"$AWS_SECRET_ACCESS_KEY\" | rev)\"; "
               "printf 'KEY %s\\n' \"$(printf %s \"$AWS_SESSION_TOKEN\" | rev)\"; echo ready; sleep 30",
               image="amazon/aws-cli")
    start = time.monotonic()
    child = h.start("deploy", environment=h.lab_environment(given, engine))
    lines = []
    while not lines or lines[-1] != "ready":
        line = child.stdout.readline().decode()
        expect(line, f"the command did not begin: {child.stderr.read().decode()[-300:] if not line else ''}")
        lines.append(line.strip())
    # Reversed they are in no form that is masked: that is how the test learns them.
    secrets = [line.split()[1][::-1] for line in lines if line.startswith("KEY ")] + [given]
    expect(len(secrets) == 3, "the command has no credentials")
    try:
        h.expect_no_arguments(secrets)
        text = h.engine_get(engine, "/v1.40/containers/json?all=1")
        mine = [part.split('"')[0] for part in text.split('"Id":"')[1:]]
        inspected = text + "".join(h.engine_get(engine, f"/v1.40/containers/{name}/json") for name in mine)
        expect("dev.okteto-run" in inspected, "the container was not seen")
        h.expect_hidden(secrets, inspected, "inspect")
        patterns = "\n".join(sorted(form for secret in secrets for form in forms(secret)))
        found = subprocess.run(
            ["grep", "-rlaF", "-D", "skip", "-f", "-", "--", h.lab[f"{engine}Root"], str(h.folder)],
            input=patterns, capture_output=True, text=True, check=False,
        ).stdout
        expect(not found, f"on disk: {found}")
    finally:
        child.send_signal(INTERRUPT)
        result = h.finish(child, start)
    h.expect_hidden(secrets, result.errors, "the messages")
    return f"{len(mine)} containers inspected, the engine's data searched; status {result.status}"


@attack(1, "a phase in a container of Docker: inspect, the engine's data on disk, arguments", "no secret", fast=False)
def docker(h):
    return engine_traces(h, "docker")


@attack(1, "the same in a container of Podman", "no secret", fast=False)
def podman(h):
    return engine_traces(h, "podman")
