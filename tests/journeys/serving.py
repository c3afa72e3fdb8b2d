"""The product as `make run` serves it, with the example county, for the length of a journey."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(data: Path, **settings: str) -> Iterator[str]:
    """The origin of a product that keeps everything below `data`; `settings` are environment variables."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DATABASE_", "DJANGO_"))
    }
    environment = kept | {"GONGKAI_DATA": str(data), "GONGKAI_BASE_URL": origin} | settings
    command = [sys.executable, "-m", "gongkai.cli"]
    for step in (["manage", "migrate", "-v0"], ["demo"]):
        subprocess.run([*command, *step], env=environment, check=True, capture_output=True)
    process = subprocess.Popen([*command, "serve", "--port", str(port)], env=environment, start_new_session=True)
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{origin}/healthz", timeout=5)
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    try:
        yield origin
    finally:
        process.terminate()
        process.wait(timeout=30)
