"""What the attacks share: okteto-run in a folder of its own, and the search for secrets in what it left."""
import base64
import contextlib
import dataclasses
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.parse

ATTACKS = []
ROLE = "arn:aws:iam::112233445566:role/okteto-credentials"
AUDIENCE = "okteto.example.com/us-east-2"


class Broken(Exception):
    """Something that must hold does not."""


class Missing(Exception):
    """What the attack needs is not there."""


@dataclasses.dataclass
class Attack:
    group: int
    tried: str
    holds: str
    is_fast: bool
    run: object


def attack(group, tried, holds, fast=True):
    """Adds an attack; its function gets a Harness, and returns what was seen in a few words."""
    def add(function):
        ATTACKS.append(Attack(group, tried, holds, fast, function))
        return function
    return add


def expect(condition, words):
    """Fails the attack with these words unless the condition holds."""
    if not condition:
        raise Broken(words)


def forms(secret):
    """The forms in which a secret must not turn up, made by other means than the program's own."""
    raw = secret.encode()
    result = {secret, raw.hex(), raw.hex().upper(), urllib.parse.quote(secret, safe=""), json.dumps(secret)[1:-1]}
    result |= {secret.replace("/", "\\/"), urllib.parse.quote_plus(secret)}
    for shift in range(3):
        text = base64.b64encode(b"\0" * shift + raw).decode().rstrip("=")
        # Without the characters that depend on what stands around the secret.
        text = text[shift + 1 if shift else 0:(shift + len(raw)) * 4 // 3]
        result |= {text, text.replace("+", "-").replace("/", "_")}
    return {form for form in result if len(form) >= 8}


def token(expires=3600, **claims):
    """A token that is well formed and signed by nobody; only a server that pretends to be STS takes it."""
    def encode(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    payload = {"iss": "https://issuer.example.com", "sub": "system:serviceaccount:okteto:okteto", "aud": AUDIENCE}
    payload |= {"exp": int(time.time()) + expires, "jti": os.urandom(8).hex()} | claims
    return ".".join([encode({"alg": "RS256", "kid": "k1"}), encode(payload), "c2lnbmF0dXJlLW9mLW5vYm9keQ"])


@dataclasses.dataclass
class Result:
    status: int
    output: str
    errors: str
    seconds: float

    @property
    def everything(self):
        return self.output + self.errors


class Harness:
    """The program, the lab where there is one, and a folder that is gone afterwards."""

    def __init__(self, program, lab, folder):
        self.program = program
        self.lab = lab or {}
        self.folder = pathlib.Path(folder)
        self.home = self.folder / "home"
        self.temporary = self.folder / "tmp"
        self.work = self.folder / "work"
        for path in (self.home, self.temporary, self.work):
            path.mkdir()

    # MARK: Running

    def environment(self, changes=None):
        """What okteto-run gets: nothing of this process's but PATH."""
        result = {"PATH": os.environ["PATH"], "HOME": str(self.home), "TMPDIR": str(self.temporary)}
        result["OKTETO_RUN_ENGINE"] = "shell"
        result |= {name: value for name, value in (changes or {}).items() if value is not None}
        return result

    def credentials(self, url, text, **more):
        """The variables for an exchange of this token at this server."""
        return {
            "OKTETO_RUN_ROLE_ARN": ROLE, "OKTETO_RUN_REGION": "us-west-2", "OKTETO_RUN_TOKEN_ENV": "TOKEN",
            "OKTETO_RUN_AUDIENCE": AUDIENCE, "TOKEN": text, "AWS_ENDPOINT_URL_STS": url, "AWS_MAX_ATTEMPTS": "1",
        } | more

    def manifest(self, *commands, image=None, phase="deploy"):
        lines = [f"{phase}:"] + ([f"  image: {image}"] if image else []) + ["  commands:"]
        for command in commands:
            lines += ["  - |"] + ["    " + line for line in command.split("\n")]
        (self.work / "okteto.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def start(self, *arguments, environment=None, **options):
        return subprocess.Popen(
            [self.program, *arguments], cwd=self.work, env=self.environment(environment), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options,
        )

    def run(self, *arguments, environment=None, limit=60):
        start = time.monotonic()
        child = self.start(*arguments, environment=environment)
        return self.finish(child, start, limit)

    def finish(self, child, start, limit=60):
        try:
            output, errors = child.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            raise Broken(f"okteto-run did not end within {limit} s") from None
        status = child.returncode if child.returncode >= 0 else 128 - child.returncode
        return Result(status, output.decode(errors="replace"), errors.decode(errors="replace"), time.monotonic() - start)

    @property
    def ran(self):
        return (self.work / "ran").exists()

    def supports(self, option, *command):
        """Whether the help of a command has an option."""
        text = subprocess.run(
            [self.program, *command, "--help"], capture_output=True, text=True, check=False, env=self.environment()
        ).stdout
        return option in text

    # MARK: Looking

    def expect_hidden(self, secrets, text, where):
        for secret in secrets:
            for form in forms(secret):
                expect(form not in text, f"{where} shows {form[:6]}… of a secret")

    def expect_no_files(self, secrets, *folders):
        """No file of the folders has a secret, okteto-run's own temporary ones included."""
        patterns = [form.encode() for secret in secrets for form in forms(secret)]
        for folder in folders or (self.home, self.temporary, self.work):
            for path in pathlib.Path(folder).rglob("*"):
                if not path.is_file() or path.is_symlink():
                    continue
                with contextlib.suppress(OSError):
                    content = path.read_bytes()
                    expect(not any(pattern in content for pattern in patterns), f"{path.name} has a secret")

    def expect_no_leftovers(self):
        expect(not any(self.temporary.iterdir()), "files are left in the temporary folder")
        expect(not any(self.home.iterdir()), "files are left in the home folder")

    def expect_no_arguments(self, secrets):
        patterns = [form.encode() for secret in secrets for form in forms(secret)]
        count = 0
        for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                arguments = path.read_bytes()
                count += 1
                expect(not any(pattern in arguments for pattern in patterns), f"arguments of process {path.parent.name}")
        return count

    def need(self, *names):
        for name in names:
            if name not in self.lab:
                raise Missing(f"the lab's {name} is not running")

    def lab_token(self, *changes):
        return subprocess.run(
            [self.lab["issuerScript"], "mint", *changes], capture_output=True, text=True, check=True,
            env=os.environ | {"OKTETO_RUN_LAB_DIR": self.lab["lab"]},
        ).stdout.strip()

    def lab_environment(self, text, engine=None):
        result = {
            "OKTETO_RUN_ROLE_ARN": self.lab["roleARN"], "OKTETO_RUN_REGION": self.lab["region"],
            "OKTETO_RUN_AUDIENCE": self.lab["audience"], "OKTETO_RUN_TOKEN_ENV": "TOKEN", "TOKEN": text,
            "AWS_ENDPOINT_URL": self.lab["endpoint"], "AWS_CA_BUNDLE": self.lab["caBundle"],
            "PATH": self.lab.get("awscliBin", "") + ":" + os.environ["PATH"],
        }
        if engine:
            result |= {"OKTETO_RUN_ENGINE": engine, "OKTETO_RUN_NETWORK": "host"}
            result["DOCKER_HOST"] = "unix://" + self.lab[engine + "Socket"]
        return result

    def engine_get(self, engine, path):
        return subprocess.run(
            ["curl", "-s", "--unix-socket", self.lab[engine + "Socket"], "http://engine" + path],
            capture_output=True, text=True, check=True,
        ).stdout


def wait_for(condition, seconds=20):
    """Waits until the condition gives something, and returns that."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.05)
    raise Broken("what was waited for did not come")


def clean_lines(text):
    return re.sub(r"\s+", " ", text).strip()


@contextlib.contextmanager
def harness(program, lab):
    folder = tempfile.mkdtemp(prefix="okteto-run-attack.")
    try:
        yield Harness(program, lab, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


INTERRUPT, TERMINATE, KILL = signal.SIGINT, signal.SIGTERM, signal.SIGKILL
