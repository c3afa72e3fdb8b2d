import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.portal.writing import ensure_portal
from tests.review.county import county, people, person, standing_still  # noqa: F401


@pytest.fixture(autouse=True)
def portal(request) -> None:
    """Every body has its section."""
    if "county" in request.fixturenames:
        request.getfixturevalue("county")
        ensure_portal()


@pytest.fixture
def outside(settings):
    """A site outside, on this machine: its pages by path, and their requests."""
    pages: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = pages.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((body or "").encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.GONGKAI_FETCH_PRIVATE = [f"127.0.0.1:{server.server_port}"]
    settings.GONGKAI_CHECK_LINKS = True
    yield pages, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
