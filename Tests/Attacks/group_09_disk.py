"""Attacks on the cache on the disk (`--credentials-cache`), which is off unless asked for."""
import concurrent.futures
import json
import os
import resource
import shutil
import stat
import threading
import time

from harness import KILL, attack, expect, token
from services import KEY, SESSION, Server, answer

OTHER = "v3ryS3cretKeyOf/SomebodyElse+EXAMPLEKEY0"
NOBODY = 65534


class Cache:
    """An STS that gives another key at each exchange, and the cache of a home folder."""

    def __init__(self, h):
        self.h = h
        self.folder = h.home / ".cache/okteto-run/credentials"
        self.server = Server(lambda _, number: (200, answer(identifier=f"ASIA{number:016}")))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.__exit__()

    @property
    def exchanges(self):
        return len(self.server.requests)

    @property
    def arguments(self):
        return "credentials", "process", "--credentials-cache"

    def environment(self, text):
        return self.h.credentials(self.server.url(), text)

    def run(self, text=None):
        return self.h.run(*self.arguments, environment=self.environment(text or token()))

    def key(self, text=None):
        """The access key that a run prints."""
        result = self.run(text)
        expect(result.status == 0, f"{result.status}: {result.errors[-300:]}")
        return json.loads(result.output)["AccessKeyId"]

    @property
    def entries(self):
        return sorted(self.folder.glob("*.json"))

    def expect_private(self):
        """Nothing in the folder can be read by others, nor can the folder."""
        for path in (self.folder, *self.folder.iterdir()):
            mode = path.lstat().st_mode
            expect(not mode & 0o077, f"{path.name} has mode {stat.filemode(mode)}")


def give_away(path):
    """Gives a file to another user; false where this one may not."""
    if os.geteuid() != 0:
        return False
    os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    return True


@attack(9, "the cache's file replaced by a link, a second name of it, a FIFO, a folder, a device's link, one of another user, one that "
           "others may read or write", "not read, not written through, and no wait; replaced where it can be")
def entries(h):
    seen, left_out = 0, []
    with Cache(h) as cache:
        cache.key()
        entry = cache.entries[0]
        outside = h.folder / "outside"
        planted = entry.read_bytes().replace(b"ASIA", b"EVIL")

        def link():
            outside.write_bytes(planted)
            outside.chmod(0o600)
            entry.symlink_to(outside)

        def second():
            outside.write_bytes(planted)
            outside.chmod(0o600)
            os.link(outside, entry)

        def own(mode):
            entry.write_bytes(planted)
            entry.chmod(mode)

        def foreign():
            own(0o600)
            if not give_away(entry):
                left_out.append("another user's (only root can give a file away)")

        plants = {
            "link": link, "dangling link": lambda: entry.symlink_to(h.folder / "nowhere"), "second name": second,
            "FIFO": lambda: os.mkfifo(entry, 0o600), "device": lambda: entry.symlink_to("/dev/zero"),
            "readable": lambda: own(0o604), "writable by the group": lambda: own(0o620), "another user's": foreign,
        }
        for name, plant in plants.items():
            entry.unlink()
            outside.unlink(missing_ok=True)
            plant()
            if left_out and name == "another user's":
                continue
            before = cache.exchanges
            result = cache.run()
            expect(result.status == 0 and "EVIL" not in result.everything, f"{name}: {result.everything[-300:]}")
            expect(cache.exchanges == before + 1 and "is not used, and replaced" in result.errors, f"{name}: {result.errors}")
            expect(result.seconds < 30, f"{name}: {result.seconds} s")
            expect(not outside.exists() or outside.read_bytes() == planted, f"{name}: written through")
            expect(not (h.folder / "nowhere").exists(), f"{name}: a file was made where the link leads")
            status = entry.lstat()
            expect(stat.S_ISREG(status.st_mode) and status.st_nlink == 1 and status.st_uid == os.geteuid(), f"{name} stays")
            cache.expect_private()
            seen += 1
        # A folder cannot be replaced by a file: nothing is kept then, and the run has its credentials all the same.
        entry.unlink()
        entry.mkdir()
        before = cache.exchanges
        result = cache.run()
        expect(result.status == 0 and cache.exchanges == before + 1, f"folder: {result.everything[-300:]}")
        expect(not list(cache.folder.glob(".new-*")), "an unfinished file is left")
    return f"{seen + 1} refused" + "".join(f"; left out: {name}" for name in left_out)


@attack(9, "the cache's folder a link, a file, open to the group or to all, of another user; a link in the place of its lock",
        "77 or 64 before the token is sent, and nothing is written there")
def folders(h):
    seen, left_out = 0, []
    with Cache(h) as cache:
        cache.folder.parent.mkdir(parents=True)
        elsewhere = h.folder / "elsewhere"
        elsewhere.mkdir(mode=0o700)

        def folder(mode):
            cache.folder.mkdir()
            cache.folder.chmod(mode)

        plants = {
            "link": lambda: cache.folder.symlink_to(elsewhere), "file": lambda: cache.folder.write_bytes(b""),
            "all may write": lambda: folder(0o777), "sticky": lambda: folder(0o1777), "group may read": lambda: folder(0o740),
            "another user's": lambda: folder(0o700),
        }
        for name, plant in plants.items():
            plant()
            if name == "another user's" and not give_away(cache.folder):
                left_out.append("another user's (only root can give a folder away)")
            else:
                result = cache.run()
                expect(result.status in (64, 77) and cache.exchanges == 0, f"{name}: {result.status} {result.errors[-300:]}")
                expect(str(cache.folder) in result.errors, f"{name}: the folder is not named")
                expect(not list(elsewhere.iterdir()), f"{name}: something was written")
                expect(not cache.folder.is_dir() or not list(cache.folder.iterdir()), f"{name}: something was written")
                seen += 1
            if cache.folder.is_dir() and not cache.folder.is_symlink():
                cache.folder.rmdir()
            else:
                cache.folder.unlink()
        # The lock is opened for writing: it must not make a file elsewhere.
        cache.folder.mkdir(mode=0o700)
        for digit in "0123456789abcdef":
            (cache.folder / f"lock-{digit}").symlink_to(elsewhere / "made")
        result = cache.run()
        expect(result.status in (64, 77) and cache.exchanges == 0, f"lock: {result.status} {result.errors[-300:]}")
        expect(not list(elsewhere.iterdir()), "a link in the place of the lock was followed")
    return f"{seen + 1} refused, STS not asked" + "".join(f"; left out: {name}" for name in left_out)


@attack(9, "a whole file under the name of another identity, role or account rule; one that has ended, was cut off at any place, or "
           "has a newline in a key", "not used: an exchange of its own")
def identities(h):
    with Cache(h) as cache:
        text = token()
        mine = cache.key(text)
        entry = cache.entries[0]
        whole = entry.read_bytes()
        expect(cache.key(text) == mine and cache.exchanges == 1, "what is kept does not serve")
        # The other subject's file gets this one's bytes.
        other = token(sub="system:serviceaccount:okteto:other")
        cache.key(other)
        name = next(path for path in cache.entries if path != entry)
        name.write_bytes(whole)
        expect(cache.key(other) != mine and cache.exchanges == 3, "another identity's credentials were used")
        for change in (
            {"OKTETO_RUN_ROLE_ARN": "arn:aws:iam::112233445566:role/other"}, {"OKTETO_RUN_SESSION_NAME": "other"},
            {"OKTETO_RUN_DURATION": "2h"}, {"OKTETO_RUN_ALLOWED_ACCOUNT": "112233445566"},
            {"OKTETO_RUN_SESSION_POLICY": '{"Version":"2012-10-17","Statement":[]}'}, {"OKTETO_RUN_REGION": "us-east-1"},
        ):
            before = cache.exchanges
            result = h.run(*cache.arguments, environment=cache.environment(text) | change)
            expect(result.status == 0 and cache.exchanges == before + 1, f"{change}: {result.everything[-300:]}")
        value = json.loads(whole)
        secret = next(key for key in value if value[key] == KEY)
        damaged = [whole[:length] for length in (0, 1, len(whole) // 2, len(whole) - 1)]
        damaged.append(json.dumps(value | {secret: KEY + "\nAWS_PROFILE=evil"}).encode())
        damaged.append(json.dumps(value | {"lifetime": 1e12}).encode())
        damaged.append(json.dumps(value | {"issued": time.time() - 86_400, "expiration": time.time() - 82_800}).encode())
        for number, content in enumerate(damaged):
            entry.write_bytes(content)
            before = cache.exchanges
            expect(cache.key(text) != mine and cache.exchanges == before + 1, f"damaged file {number} was used")
        h.expect_hidden([text, other], "".join(path.read_text(errors="replace") for path in cache.entries), "the cache")
    return f"{7 + len(damaged)} not used; no file has a token"


@attack(9, "50 processes at once, on an empty cache and again on an entry that has ended", "one exchange each time; all get the same whole answer")
def crowd(h):
    with Cache(h) as cache:
        text = token()
        for wave in (1, 2):
            environment = cache.environment(text)
            with concurrent.futures.ThreadPoolExecutor(50) as pool:
                results = list(pool.map(lambda _: h.run(*cache.arguments, environment=environment, limit=120), range(50)))
            expect(all(result.status == 0 for result in results), next((r.errors for r in results if r.status), ""))
            answers = {result.output for result in results}
            expect(len(answers) == 1 and json.loads(answers.pop())["SecretAccessKey"] == KEY, "the answers differ")
            expect(cache.exchanges == wave, f"{cache.exchanges} exchanges after wave {wave}")
            cache.expect_private()
            value = json.loads(cache.entries[0].read_text())
            cache.entries[0].write_text(json.dumps(value | {"issued": value["issued"] - value["lifetime"]}))
        expect(not list(cache.folder.glob(".new-*")), "unfinished files are left")
    return "2 exchanges for 100 processes"


@attack(9, "a disk that is full after 1, 100 and 300 bytes of the file; SIGKILL as soon as it is begun, and at any moment, of 40 runs",
        "the next run works at once; what was there is whole; an unfinished file is private, and removed in time")
def crashes(h):
    with Cache(h) as cache:
        text = token()
        for size in (1, 100, 300):
            child = h.start(*cache.arguments, environment=cache.environment(text),
                            preexec_fn=lambda size=size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
            result = h.finish(child, time.monotonic())
            expect(result.status == 0 and "could not be kept" in result.errors, f"{size}: {result.status} {result.errors[-300:]}")
            expect(not cache.entries and not list(cache.folder.glob(".new-*")), f"{size}: half a file is left")
        first = cache.key(text)
        expect(cache.key(text) == first, "the cache does not serve afterwards")
        for number in range(40):
            for path in cache.entries:
                path.unlink()
            child = h.start(*cache.arguments, environment=cache.environment(text))
            if number % 2:
                time.sleep(number * 0.002)
            else:
                # Between its first byte and its own name, as often as a look at the folder is quick enough.
                while child.poll() is None and not any(name.startswith(".new-") for name in os.listdir(cache.folder)):
                    pass
            child.send_signal(KILL)
            h.finish(child, time.monotonic())
            for path in cache.entries:
                expect(json.loads(path.read_bytes())["accessKeyID"].startswith("ASIA"), "a file is not whole")
            cache.expect_private()
            start = time.monotonic()
            cache.key(text)
            # A lock that outlived its process would be waited for, 45 seconds.
            expect(time.monotonic() - start < 30, "the lock of a killed process is still held")
        unfinished = list(cache.folder.glob(".new-*"))
        old = cache.folder / ".new-0123456789abcdef"
        old.write_bytes(b"half")
        for path in (*unfinished, old):
            os.utime(path, (time.time() - 50_000,) * 2)
        cache.entries[0].unlink()
        cache.key(text)
        expect(not list(cache.folder.glob(".new-*")), "old unfinished files stay")
    return f"{len(unfinished)} unfinished files, none of them used, all removed later"


@attack(9, "the folder and its file swapped for links, again and again, while 40 runs read and write", "what the links lead to is neither read nor written")
def swaps(h):
    elsewhere = h.folder / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    with Cache(h) as cache:
        text = token()
        cache.key(text)
        name = cache.entries[0].name
        value = json.loads(cache.entries[0].read_text())
        secret = next(key for key in value if value[key] == KEY)
        bait = h.folder / "bait"
        bait.write_text(json.dumps(value | {secret: OTHER, "accessKeyID": "EVIL"}))
        bait.chmod(0o600)
        before = bait.read_bytes()
        away = cache.folder.with_name("away")
        ended = threading.Event()
        swapped = [0]

        def instead(action):
            """Does it in the folder's place, from which a run may have made a new one meanwhile."""
            while True:
                try:
                    return action()
                except OSError:
                    shutil.rmtree(cache.folder, ignore_errors=True)

        def swap():
            while not ended.is_set():
                new = cache.folder / "link"
                new.symlink_to(bait)
                new.rename(cache.folder / name)
                time.sleep(0.002)
                cache.folder.rename(away)
                instead(lambda: cache.folder.symlink_to(elsewhere))
                time.sleep(0.002)
                cache.folder.unlink()
                instead(lambda: away.rename(cache.folder))
                swapped[0] += 1

        swapper = threading.Thread(target=swap, daemon=True)
        swapper.start()
        results = []
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            results = list(pool.map(lambda _: cache.run(text), range(40)))
        expect(swapper.is_alive(), "the swaps have ended early")
        ended.set()
        swapper.join(10)
        expect(all(result.status in (0, 64, 77) for result in results), f"{sorted({r.status for r in results})}")
        expect(not any("EVIL" in r.everything or OTHER in r.everything for r in results), "the bait was taken")
        expect(not list(elsewhere.iterdir()), "something was written where the link leads")
        expect(bait.read_bytes() == before, "the bait was written")
        expect(swapped[0] >= 10, f"only {swapped[0]} swaps")
        h.expect_hidden([SESSION], "".join(r.errors for r in results), "an error")
        refused = sum(result.status != 0 for result in results)
    return f"{swapped[0]} swaps, {refused} runs refused, none was led astray"
