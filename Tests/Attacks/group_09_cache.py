"""Credentials at rest: there are none unless they are asked for."""
import os

from harness import attack, expect, token
from services import KEY, SESSION, Server, answer


@attack(9, "runs with a home, XDG and AWS folders that take files; files of a cache of the AWS CLI planted there", "nothing is written or read")
def nothing(h):
    text = token()
    for folder in (".aws/cli/cache", ".cache/okteto-run", ".config/okteto-run"):
        (h.home / folder).mkdir(parents=True)
    planted = h.home / ".aws/cli/cache/x.json"
    planted.write_text('{"Credentials": {"AccessKeyId": "AKIAPLANTED", "SecretAccessKey": "planted", "SessionToken": "planted"}}', encoding="utf-8")
    before = sorted(h.home.rglob("*"))
    with Server(lambda *_: (200, answer())) as server:
        for phase in ("deploy", "destroy"):
            h.manifest("env | grep -c PLANTED; true", phase=phase)
            result = h.run(phase, environment=h.credentials(server.url(), text))
            expect(result.status == 0 and result.output.strip() == "0", result.everything[-300:])
        expect(len(server.requests) == 2, "an exchange was left out")
    expect(sorted(h.home.rglob("*")) == before, "files were written")
    h.expect_no_files([text, KEY, SESSION])
    return "no file written, one exchange for each run"


@attack(9, "a temporary folder that anybody may write, with links planted under guessed names", "no link is followed")
def links(h):
    target = h.folder / "target"
    target.write_text("untouched", encoding="ascii")
    for name in ("okteto-run", "okteto", "okteto-env", "env", "oktetorun", "socket"):
        os.symlink(target, h.temporary / name)
    os.chmod(h.temporary, 0o777)
    with Server(lambda *_: (200, answer())) as server:
        h.manifest("echo A=1 >>$OKTETO_ENV; find $TMPDIR -type d -perm /077 ! -path $TMPDIR", "echo $A")
        result = h.run("deploy", environment=h.credentials(server.url(), token()))
    expect(result.status == 0 and result.output == "1\n", f"{result.output} {result.errors[-300:]}")
    expect(target.read_text(encoding="ascii") == "untouched", "a link was followed")
    return "folders of okteto-run's are 0700"
