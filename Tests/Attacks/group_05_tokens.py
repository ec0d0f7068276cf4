"""Identity tokens that are none, in places that are none."""
import os
import time

from harness import attack, expect, token
from services import Server, answer


@attack(5, "a token file that is missing, a folder, a FIFO, a device, empty, 21 kB, with a byte order mark, two tokens, a link to itself",
        "77 at once, the file is named, STS is not asked")
def files(h):
    with Server(lambda *_: (200, answer())) as server:
        (h.work / "folder").mkdir()
        os.mkfifo(h.work / "fifo")
        (h.work / "empty").write_text("", encoding="ascii")
        (h.work / "large").write_text("a" * 21_100, encoding="ascii")
        (h.work / "mark").write_bytes(b"\xef\xbb\xbf" + token().encode())
        (h.work / "two").write_text(token() + "\n" + token() + "\n", encoding="ascii")
        os.symlink("loop", h.work / "loop")
        names = ["missing", "folder", "fifo", "empty", "large", "mark", "two", "loop", "/dev/zero", "/etc/passwd"]
        slowest = 0
        for name in names:
            h.manifest("touch ran")
            variables = h.credentials(server.url(), "") | {"OKTETO_RUN_TOKEN_FILE": name}
            del variables["OKTETO_RUN_TOKEN_ENV"], variables["TOKEN"]
            result = h.run("deploy", environment=variables, limit=20)
            expect(result.status == 77 and not h.ran, f"{name}: status {result.status}: {result.errors[-200:]}")
            expect(os.path.basename(name) in result.errors, f"{name} is not named: {result.errors[-200:]}")
            expect("root:" not in result.everything, "the file's content is shown")
            slowest = max(slowest, result.seconds)
        expect(not server.requests, "STS was asked")
        expect(slowest < 5, f"{slowest:.1f} s")
    return f"{len(names)} refused, the slowest in {slowest:.1f} s"


@attack(5, "a token file with CR LF and blanks around, and one that is replaced between two exchanges", "trimmed; read anew each time")
def renewed(h):
    first, second = token(), token()
    path = h.work / "token"
    path.write_text(f"  {first}\r\n", encoding="ascii")
    with Server(lambda _, n: (200, answer(seconds=2))) as server:
        h.manifest(f"printf %s '{second}' >token.new; mv token.new token; sleep 3", "echo ready")
        variables = h.credentials(server.url(), "") | {"OKTETO_RUN_TOKEN_FILE": "token"}
        del variables["OKTETO_RUN_TOKEN_ENV"], variables["TOKEN"]
        result = h.run("deploy", environment=variables)
        expect(result.status == 0, result.errors[-300:])
        expect(f"={first}".encode() in server.requests[0] and b"%0D" not in server.requests[0], "not trimmed")
        expect(any(second.encode() in request for request in server.requests[1:]), "the old token was sent again")
    return f"{len(server.requests)} exchanges, the later with the new token"


@attack(5, "a token command that hangs, floods, writes to standard error, fails with a token on its output, leaves a child",
        "77 within its bound, no token in the message, no process left")
def commands(h):
    text = token()
    marker = f"okteto-run-attack-{os.getpid()}"
    (h.work / "print").write_text(f"#!/bin/sh\nprintf %s '{text}'\n", encoding="ascii")
    os.chmod(h.work / "print", 0o700)
    with Server(lambda *_: (200, answer())) as server:
        for name, command in {
            "flood": "sh -c 'yes'", "fails": "sh -c './print; exit 1'", "nothing": "true", "none": "./nosuch",
            "errors": "sh -c './print >&2; exit 1'",
        }.items():
            h.manifest("touch ran")
            variables = h.credentials(server.url(), "") | {"OKTETO_RUN_TOKEN_COMMAND": command}
            del variables["OKTETO_RUN_TOKEN_ENV"], variables["TOKEN"]
            result = h.run("deploy", environment=variables)
            expect(result.status == 77 and not h.ran, f"{name}: status {result.status}: {result.errors[-200:]}")
            h.expect_hidden([text], result.everything, name)
        expect(not server.requests, "STS was asked")
        # Interrupted while it hangs, and what it has started goes with it.
        h.manifest("touch ran")
        variables = h.credentials(server.url(), "") | {"OKTETO_RUN_TOKEN_COMMAND": f"sh -c 'exec -a {marker} sleep 60 & sleep 60' 2>/dev/null"}
        variables["OKTETO_RUN_TOKEN_COMMAND"] = f"bash -c '(exec -a {marker} sleep 60) & sleep 60'"
        del variables["OKTETO_RUN_TOKEN_ENV"], variables["TOKEN"]
        start = time.monotonic()
        child = h.start("deploy", environment=variables)
        time.sleep(1)
        child.terminate()
        result = h.finish(child, start)
        expect(result.status == 143, f"interrupted: status {result.status}")
        time.sleep(0.5)
        left = [p for p in os.listdir("/proc") if p.isdigit() and marker.encode() in read(f"/proc/{p}/cmdline").split(b"\0")[0]]
        expect(not left, "a process is left")
    return f"5 refused; interrupted after {result.seconds:.1f} s, nothing left"


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


@attack(5, "the descriptors and the environment of a token command", "standard ones alone, and no credentials")
def descriptors(h):
    text = token()
    script = h.work / "source"
    script.write_text(f"#!/bin/sh\nls -l /proc/self/fd >{h.folder}/fds\nenv >{h.folder}/environment\nprintf %s '{text}'\n", encoding="ascii")
    os.chmod(script, 0o700)
    with Server(lambda _, n: (200, answer(seconds=2))) as server:
        h.manifest("sleep 3", "echo ready")
        variables = h.credentials(server.url(), "") | {"OKTETO_RUN_TOKEN_COMMAND": "./source"}
        del variables["OKTETO_RUN_TOKEN_ENV"], variables["TOKEN"]
        result = h.run("deploy", environment=variables)
        expect(result.status == 0, result.errors[-300:])
    lines = (h.folder / "fds").read_text(encoding="ascii").splitlines()[1:]
    numbers = sorted(int(line.split(" -> ")[0].split()[-1]) for line in lines)
    # 3 is the folder that ls itself reads.
    expect(numbers == [0, 1, 2, 3], f"descriptors {numbers}: {lines}")
    expect("AWS_SECRET_ACCESS_KEY" not in (h.folder / "environment").read_text(encoding="utf-8"), "credentials in its environment")
    return f"descriptors {numbers[:3]}"
