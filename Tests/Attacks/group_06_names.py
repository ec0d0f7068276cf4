"""Names that would be something else."""
from urllib.parse import parse_qs

from harness import ROLE, attack, expect, token
from services import Server, answer


@attack(6, "session names with a newline, of 1 and 65 characters, with letters outside ASCII; regions with dots, slashes, upper case; ARNs with `&`, newline, of another service",
        "refused before the token is asked for")
def refused(h):
    cases = [("OKTETO_RUN_SESSION_NAME", value) for value in ("a\nb", "x", "x" * 65, "é" * 4, "a b", "a/b", "a\n")]
    cases += [("OKTETO_RUN_REGION", value) for value in ("us-east-1.evil.com", "../", "us-east-1/", "us-east-1@evil.com", "us east", "-", "x" * 64)]
    cases += [("OKTETO_RUN_ROLE_ARN", value) for value in (
        ROLE + "&Action=GetCallerIdentity", ROLE + "\n", "arn:aws:iam::112233445566:user/x", "arn:aws:s3:::bucket", "x")]
    cases += [("OKTETO_RUN_DURATION", value) for value in ("0", "43201", "-1", "1e9")]
    with Server(lambda *_: (200, answer())) as server:
        for name, value in cases:
            h.manifest("touch ran")
            result = h.run("deploy", environment=h.credentials(server.url(), token()) | {name: value})
            expect(result.status in (64, 77) and not h.ran, f"{name}={value!r}: status {result.status}")
        expect(not server.requests, "STS was asked")
    return f"{len(cases)} refused"


@attack(6, "a session policy and a session name with the form's own signs", "arrive as one value each")
def form(h):
    policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*&RoleArn=evil;=%26+ "}]}'
    (h.work / "policy.json").write_text(policy, encoding="utf-8")
    with Server(lambda *_: (200, answer())) as server:
        for value in (policy, "policy.json"):
            h.manifest("echo ready")
            result = h.run("deploy", environment=h.credentials(server.url(), token()) | {
                "OKTETO_RUN_SESSION_POLICY": value, "OKTETO_RUN_SESSION_NAME": "a=b,c.d@e-f_g+h"})
            if result.status == 0:
                break
        expect(result.status == 0, result.errors[-300:])
        fields = parse_qs(server.requests[-1].decode(), strict_parsing=True)
    expect(fields["RoleArn"] == [ROLE] and fields["Action"] == ["AssumeRoleWithWebIdentity"], f"{fields}")
    expect(fields["RoleSessionName"] == ["a=b,c.d@e-f_g+h"] and fields["Policy"] == [policy], f"{fields}")
    return f"{len(fields)} fields, each once"
