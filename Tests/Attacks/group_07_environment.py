"""The caller's environment has leftovers of other tools."""
import ctypes
import os
import subprocess

from harness import attack, expect, token
from services import KEY, SESSION, Server, answer

STALE = {
    "AWS_SECURITY_TOKEN": "stale", "EC2_SECURITY_TOKEN": "stale", "AWS_PROFILE": "nosuch", "AWS_DEFAULT_PROFILE": "nosuch",
    "AWS_ACCESS_KEY_ID": "AKIASTALE", "AWS_SECRET_ACCESS_KEY": "stale", "AWS_SESSION_TOKEN": "stale",
    "AWS_CREDENTIAL_EXPIRATION": "2001-01-01T00:00:00Z", "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9/",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN": "stale", "AWS_BEARER_TOKEN_BEDROCK": "stale",
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "stale", "ACTIONS_ID_TOKEN_REQUEST_URL": "http://127.0.0.1:9/?a=b",
}
SHOW = "env | grep -E '^(AWS|EC2|ACTIONS)_' | grep -c stale; env | grep -c '^AWS_SECRET_ACCESS_KEY='; env | grep -E '^AWS_(DEFAULT_)?PROFILE='"


def check(result):
    expect(result.output.split() == ["0", "1"], f"{result.output} {result.errors[-300:]}")


@attack(7, "stale keys, tokens, profiles, container endpoints and identity sources", "the phase has the exchanged credentials alone")
def stale(h):
    with Server(lambda *_: (200, answer())) as server:
        h.manifest(SHOW + "; true")
        check(h.run("deploy", environment=STALE | h.credentials(server.url(), token())))
    return f"{len(STALE)} variables replaced or removed"


@attack(7, "the same variable twice in the environment, before and behind", "one value, the exchanged one")
def twice(h):
    with Server(lambda *_: (200, answer())) as server:
        h.manifest(SHOW + "; true")
        variables = h.environment(h.credentials(server.url(), token()))
        entries = [f"{n}={v}".encode() for n, v in variables.items()]
        for name in ("AWS_SESSION_TOKEN", "AWS_SECRET_ACCESS_KEY"):
            entries.insert(0, f"{name}=stale1".encode())
            entries.append(f"{name}=stale2".encode())
        # Only execve(2) itself takes a list with a name in it twice.
        libc = ctypes.CDLL(None, use_errno=True)
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.chdir(h.work)
            os.dup2(write, 1)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            words = (ctypes.c_char_p * 3)(h.program.encode(), b"deploy", None)
            libc.execve(h.program.encode(), words, (ctypes.c_char_p * (len(entries) + 1))(*entries, None))
            os._exit(127)
        os.close(write)
        with os.fdopen(read) as stream:
            output = stream.read()
        _, status = os.waitpid(child, 0)
    expect(status == 0 and output.split() == ["0", "1"], f"status {status}: {output}")
    return "one of each"


@attack(7, "the AWS CLI in the phase, with a stale AWS_SECURITY_TOKEN and a profile that is not there", "works", fast=False)
def tools(h):
    h.need("endpoint", "awscliBin")
    h.manifest("aws s3 ls >/dev/null && echo listed")
    result = h.run("deploy", environment=STALE | h.lab_environment(h.lab_token()))
    expect(result.status == 0 and "listed" in result.output, result.errors[-400:])
    return "listed"
