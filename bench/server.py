"""The product as it is served (granian, one process), with data of its own, and a client that times requests."""

from __future__ import annotations

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Timing:
    """Milliseconds of single requests."""

    name: str
    milliseconds: list[float]
    size: int

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.milliseconds, n=20, method="inclusive")[18]

    def row(self) -> str:
        return f"{self.name:<34} {self.median:8.1f} {self.p95:8.1f} {self.size / 1024:9.1f}"


HEAD = f"{'':<34} {'p50 ms':>8} {'p95 ms':>8} {'kB':>9}"


@contextmanager
def serving() -> Iterator[int]:
    """The web server on a free port, answering; stopped at the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--log-level", "error"]
    command += ["--workers", "1", "--blocking-threads", "2", "--no-ws", "gongkai.config.wsgi:application"]
    server = subprocess.Popen(command, env={**os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"})
    try:
        for _ in range(200):
            try:
                Client(port).get("/healthz")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


class Client:
    """One keep-alive connection with a cookie jar of the simplest kind."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies: dict[str, str] = {}

    def request(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            response = self._send(method, path, body, headers)
        except (http.client.RemoteDisconnected, ConnectionError):  # idle for too long: connect anew
            self.connection.close()
            response = self._send(method, path, body, headers)
        for value in response.headers.get_all("Set-Cookie") or []:
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return response.status, response.read()

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> http.client.HTTPResponse:
        self.connection.request(method, path, body, headers)
        return self.connection.getresponse()

    def get(self, path: str) -> bytes:
        status, data = self.request("GET", path)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
        return data

    def sign_in(self, username: str, password: str) -> None:
        page = self.get("/admin/login/").decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        form = {"csrfmiddlewaretoken": token[1] if token else "", "username": username, "password": password}
        status, _ = self.request("POST", "/admin/login/", urlencode({**form, "next": "/healthz"}))
        if status != 302:
            raise RuntimeError(f"sign-in of {username}: {status}")

    def measure(self, name: str, *paths: str, rounds: int = 60) -> Timing:
        """Time `rounds` requests over the paths in turn, after one warm-up of each."""
        for path in paths:
            size = len(self.get(path))
        times = []
        for number in range(rounds):
            begun = time.perf_counter()
            self.get(paths[number % len(paths)])
            times.append((time.perf_counter() - begun) * 1000)
        return Timing(name, times, size)
