"""A government site on this machine, with pages as clerks hand them in."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gongkai.channels.models import Site


def page(
    title: str = "青山县重大项目建设进展公示", day: str = "2023-06-15", text: str = "县财政局公开重大项目建设资金安排。"
) -> str:
    meta = f'<meta name="PubDate" content="{day} 09:30">' if day else ""
    return f"<html><head><title>{title}</title>{meta}</head><body><h1>{title}</h1><p>{text}</p></body></html>"


@dataclass
class County:
    """The site: `answers` are (status, headers, body) by path; `site("/x")` is the address of a path."""

    port: int = 0
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def put(self, path: str, text: str | None = None, *, status: int = 200, encoding: str = "utf-8", **headers) -> str:
        headers = {"Content-Type": "text/html", **{name.replace("_", "-"): value for name, value in headers.items()}}
        body = page() if text is None else text
        self.answers[path] = (status, headers, body.encode(encoding))
        return self(path)


@pytest.fixture(scope="session")
def web_server() -> Iterator[County]:
    county = County()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            county.asked.append(path)
            if path == "/slow":
                time.sleep(3)
            status, headers, body = county.answers.get(
                path, (404, {"Content-Type": "text/html"}, b"<title>404</title>")
            )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    county.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield county
    server.shutdown()


@pytest.fixture
def site(web_server, settings, county) -> County:
    """The server, allowed to be visited and registered as a site of the county."""
    web_server.answers.clear()
    web_server.asked.clear()
    settings.GONGKAI_FETCH_PRIVATE = [f"127.0.0.1:{web_server.port}", f"localhost:{web_server.port}"]
    Site.objects.create(name="青山县人民政府网", url=web_server("/"), owner=county.root)
    return web_server
