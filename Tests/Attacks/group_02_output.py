"""Commands that print their secrets in ways that are hard to mask."""
import os
import pty
import subprocess
import time

from harness import attack, expect, token
from services import KEY, SESSION, Server, answer

V = "$AWS_SECRET_ACCESS_KEY"
S = "$AWS_SESSION_TOKEN"


def shown(h, *commands, mode="plain"):
    """What the commands print, with known credentials in their environment."""
    text = token()
    with Server(lambda *_: (200, answer())) as server:
        # The first line of a command is its title in the messages; so what is looked for is not in that.
        h.manifest(*[":\n" + command for command in commands])
        result = h.run("deploy", "--log-output", mode, environment=h.credentials(server.url(), text), limit=120)
    expect(result.status == 0, f"status {result.status}: {result.errors[-300:]}")
    h.expect_hidden([KEY, SESSION, text], result.everything, "the output")
    return result


@attack(2, "one byte at a time with pauses, in pieces across 4,096 and 65,536 bytes, in halves with a second between",
        "`***` and no piece of it")
def pieces(h):
    result = shown(
        h,
        f'v="{V}"; printf "<"; while [ -n "$v" ]; do printf %s "${{v%"${{v#?}}"}}"; v="${{v#?}}"; sleep 0.005; done; echo ">"',
        f'for n in 4095 4090 4070 65535 65530 65510; do head -c $n /dev/zero | tr "\\0" x; printf "<%s>" "{V}"; done; echo',
        f'printf "<%.20s" "{V}"; sleep 1; printf %s "{V}" | cut -c 21-; printf ">"',
        f'printf "<%.20s" "{S}" >&2; sleep 1; printf %s "{S}" | cut -c 21- >&2; printf ">" >&2',
    )
    parts = [part.split(">")[0] for part in result.everything.replace("\n", "").split("<")[1:]]
    expect(len(parts) == 9, f"{len(parts)} pieces")
    # A pause of a second shows at most seven bytes of a secret before the rest is known.
    expect(all("***" in part and len(part) <= 10 for part in parts), f"shown: {parts}")
    return f"{len(parts)} of {len(parts)} masked"


@attack(2, "base64 (wrapped at 76, at 64, inside a longer text, of every alignment), base64url, hexadecimal (xxd -p, od)",
        "no line of it is there")
def encodings(h):
    commands = [f'printf %s "{value}" | {tool}' for value in (V, S) for tool in (
        "base64", "base64 -w 64", "base64 -w 0", "base64 -w 0 | tr +/ -_",
        "od -An -v -tx1 | tr -d ' \\n' | fold -w 60", "od -An -v -tx1 | tr -d ' \\n' | tr a-f A-F",
    )]
    commands += [f'printf "%0{n}d%s and more" 0 "{value}" | base64' for value in (V, S) for n in range(1, 60, 7)]
    result = shown(h, *[command + "; echo; echo @@" for command in commands])
    blocks = result.output.split("@@")[:-1]
    expect(len(blocks) == len(commands), "commands are missing")
    bare = [block.strip() for block in blocks[:12]]
    expect(all("***" in block for block in blocks), f"not masked: {[b for b in blocks if '***' not in b][:1]}")
    expect(all(set(block) <= set("*=\n\r") or len(block.replace("*", "")) <= 20 for block in bare), f"rests: {bare}")
    return f"{len(blocks)} of {len(blocks)} masked"


@attack(2, "percent-encoded, JSON (with `\\/`), XML, printf %q, the shell's trace, env and export -p", "`***`")
def escapes(h):
    python = "python3 -c 'import os, json, urllib.parse, xml.sax.saxutils, shlex; v = os.environ[\"AWS_SECRET_ACCESS_KEY\"]; "
    result = shown(
        h,
        python + 'print("<" + urllib.parse.quote(v) + ">", "<" + urllib.parse.quote(v, safe="") + ">")\'',
        python + 'print("<" + urllib.parse.quote_plus(v).lower().upper()[:0] + urllib.parse.quote_plus(v) + ">")\'',
        python + 'print("<" + json.dumps(v) + ">", "<" + json.dumps(v).replace("/", chr(92) + "/") + ">")\'',
        python + 'print("<" + xml.sax.saxutils.escape(v, {"+": "&#43;"}) + ">", "<" + shlex.quote(v) + ">")\'',
        f"bash -c 'printf \"<%q>\\n\" \"{V}\"'",
        f"set -x; : {V}; set +x",
        "echo \"<$(env | grep ^AWS_SECRET)>\"; echo \"<$(export -p | grep AWS_SECRET)>\"",
    )
    parts = [part.split(">")[0] for part in result.output.split("<")[1:]]
    expect(len(parts) == 10, f"{len(parts)} texts")
    expect(all("***" in part for part in parts), f"{parts}")
    expect(": '***'" in result.errors or ": ***" in result.errors, "the trace is missing")
    return f"{len(parts)} of {len(parts)} masked, and the trace"


@attack(2, "the terminal's own line ends (CR LF), and a prompt without a newline that ends as a secret begins",
        "masked; the prompt shows within a second")
def terminal(h):
    text = token()
    with Server(lambda *_: (200, answer())) as server:
        h.manifest(
            f':\nprintf %s "{S}" | base64; printf "%s\\r\\n" "{V}"; printf %s "{S}" | base64 | sed "s/$/\\r/"; '
            "printf 'proceed? w'; sleep 3; echo")
        master, slave = pty.openpty()
        child = subprocess.Popen(
            [h.program, "deploy"], cwd=h.work, env=h.environment(h.credentials(server.url(), text) | {"TERM": "xterm"}),
            stdin=slave, stdout=slave, stderr=slave,
        )
        os.close(slave)
        output, seen_after, asked = b"", None, None
        while True:
            try:
                data = os.read(master, 65536)
            except OSError:
                break
            if not data:
                break
            output += data
            if asked is None and b"proceed? " in output:
                asked = time.monotonic()
            if seen_after is None and b"proceed? w" in output:
                seen_after = time.monotonic() - asked
        os.close(master)
        expect(child.wait() == 0, "the run failed")
    h.expect_hidden([KEY, SESSION, text], output.decode(errors="replace"), "the terminal")
    expect(output.count(b"***") >= 3, "nothing was masked")
    expect(seen_after is not None and seen_after < 1.5, f"the prompt's end came after {seen_after} s")
    return f"masked; the prompt's end after {seen_after * 1000:.0f} ms"


@attack(2, "the same through `--log-output json`", "no object has it")
def objects(h):
    result = shown(h, f'echo "{V}"; printf %s "{S}" | base64; printf %s "{V}" | od -An -v -tx1 | tr -d " \\n"', mode="json")
    expect(result.output.count("***") >= 3, "nothing was masked")
    return f"{result.output.count('***')} masked"
