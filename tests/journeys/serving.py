"""The product as `make run` serves it, with the example county, for the length of a journey."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.example_county import ExampleCounty, untouched


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(county: ExampleCounty, data: Path, **settings: str) -> Iterator[str]:
    """The origin of a product with a copy of the county below `data`; `settings` are environment variables."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    county.copied(data, settings.get("GONGKAI_NOW", ""))
    environment = untouched() | {"GONGKAI_DATA": str(data), "GONGKAI_BASE_URL": origin} | settings
    command = [sys.executable, "-m", "gongkai.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, start_new_session=True)
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
