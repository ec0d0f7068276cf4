"""What the benchmarks ask of an engine without okteto-run: the bare limit."""
import http.client
import json
import socket
import sys
import time


class Engine(http.client.HTTPConnection):
    """The Docker Engine API over a Unix socket."""

    def __init__(self, path):
        super().__init__("engine")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)

    def call(self, method, path, body=None, expect=(200, 201, 204, 304)):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        self.request(method, path, json.dumps(body) if body is not None else None, headers)
        response = self.getresponse()
        data = response.read()
        if response.status not in expect:
            sys.exit(f"{method} {path}: {response.status} {data.decode(errors='replace')}")
        return data


def raw(engine):
    """Creates, starts, awaits and removes one container that runs `true`."""
    start = time.perf_counter()
    body = {
        "Image": "busybox", "Entrypoint": ["true"],
        "HostConfig": {"NetworkMode": "host", "Init": True, "LogConfig": {"Type": "none"}},
    }
    identifier = json.loads(engine.call("POST", "/v1.40/containers/create", body))["Id"]
    engine.call("POST", f"/v1.40/containers/{identifier}/start")
    # Podman answers with 500 when the process ends while it is looked at.
    while json.loads(engine.call("GET", f"/v1.40/containers/{identifier}/json", expect=(200, 500))).get(
        "State", {"Running": True}
    )["Running"]:
        time.sleep(0.001)
    engine.call("DELETE", f"/v1.40/containers/{identifier}?force=1&v=1")
    return time.perf_counter() - start


def settle(engine):
    """Waits until the engine has removed what the phase leaves to it, so that it does not slow the next one down."""
    filters = "%7B%22label%22%3A%5B%22dev.okteto-run%3D1%22%5D%7D"
    while json.loads(engine.call("GET", "/v1.40/containers/json?all=1&filters=" + filters)):
        time.sleep(0.01)
    time.sleep(0.05)
