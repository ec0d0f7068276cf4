"""A repository that means harm: what it says must not lead the identity token anywhere."""
import os

from harness import attack, expect, token
from services import KEY, SESSION, Server, answer


@attack(3, "`.env` and manifest set the endpoint, proxies, authorities, role, token source, PATH, LD_PRELOAD and all of OKTETO_RUN_*",
        "only the configured STS is asked, once, with the configured token and role")
def redirection(h):
    text = token()
    with Server(lambda *_: (200, answer())) as good, Server(lambda *_: (200, answer())) as evil:
        (h.work / "stolen-token").write_text(token(), encoding="ascii")
        evil_url = evil.url()
        settings = {
            "AWS_ENDPOINT_URL_STS": evil_url, "AWS_ENDPOINT_URL": evil_url, "HTTPS_PROXY": evil_url, "https_proxy": evil_url,
            "HTTP_PROXY": evil_url, "http_proxy": evil_url, "ALL_PROXY": evil_url, "AWS_CA_BUNDLE": "/etc/passwd",
            "SSL_CERT_FILE": "/etc/passwd", "AWS_WEB_IDENTITY_TOKEN_FILE": "/etc/passwd",
            "OKTETO_RUN_TOKEN_FILE": "stolen-token", "OKTETO_RUN_TOKEN_COMMAND": "touch stolen",
            "OKTETO_RUN_ROLE_ARN": "arn:aws:iam::666666666666:role/evil", "AWS_ROLE_ARN": "arn:aws:iam::666666666666:role/evil",
            "OKTETO_RUN_REGION": "us-east-1.evil.com", "AWS_REGION": "eu-west-1", "AWS_PROFILE": "evil",
            "AWS_CONFIG_FILE": "evil-config", "OKTETO_RUN_ENGINE": "docker", "DOCKER_HOST": evil_url.replace("http", "tcp"),
            "KUBERNETES_SERVICE_HOST": "127.0.0.1", "ACTIONS_ID_TOKEN_REQUEST_URL": evil_url + "/?a=b",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "evil", "LD_PRELOAD": str(h.work / "evil.so"), "PATH": str(h.work / "bin"),
            "OKTETO_RUN_NO_CREDENTIALS": "true", "GITHUB_ACTIONS": "true",
        }
        (h.work / ".env").write_text("".join(f"{n}={v}\n" for n, v in settings.items()), encoding="utf-8")
        (h.work / "evil-config").write_text(f"[profile evil]\nrole_arn=x\nendpoint_url={evil_url}\n", encoding="utf-8")
        (h.work / "bin").mkdir()
        for name in ("sh", "bash", "cat"):
            (h.work / "bin" / name).write_text("#!/bin/sh\n/usr/bin/env >/dev/null; /usr/bin/touch hijacked\n", encoding="utf-8")
            os.chmod(h.work / "bin" / name, 0o755)
        h.manifest("/bin/echo ready")
        result = h.run("deploy", environment=h.credentials(good.url(), text))
        h.expect_hidden([text, KEY, SESSION], result.everything, "the output")
        expect(not evil.requests, f"the other server was asked {len(evil.requests)} times")
        expect(len(good.requests) == 1, f"STS was asked {len(good.requests)} times, status {result.status}: {result.errors[-200:]}")
        expect(text.encode() in good.requests[0] and b"666666666666" not in good.requests[0], "another token or role was sent")
        expect(not (h.work / "stolen").exists(), "the repository's token command ran")
        expect("::add-mask::" not in result.output, "a workflow command was printed")
    return f"1 request at STS, 0 elsewhere; status {result.status}"


@attack(3, "a phase without `.env` sets the same by `$OKTETO_ENV`, between two exchanges", "the second exchange is as the first")
def later(h):
    text = token()
    with Server(lambda _, n: (200, answer(seconds=2, key=f"{KEY}{n}"))) as good, Server(lambda *_: (200, answer())) as evil:
        h.manifest(
            f"echo AWS_ENDPOINT_URL_STS={evil.url()} >> $OKTETO_ENV; echo HTTPS_PROXY={evil.url()} >> $OKTETO_ENV; "
            "echo OKTETO_RUN_TOKEN_COMMAND='touch stolen' >> $OKTETO_ENV; sleep 3",
            "echo ready")
        result = h.run("deploy", environment=h.credentials(good.url(), text))
        expect(not evil.requests and not (h.work / "stolen").exists(), "the second exchange was led astray")
        expect(len(good.requests) >= 2, f"{len(good.requests)} exchanges: {result.errors[-300:]}")
    return f"{len(good.requests)} requests at STS, 0 elsewhere"
