"""The portal's pages at 100,000 published articles, against nginx serving the same bytes from a file.

    python -m bench.intake --data FOLDER      # fills the database
    python -m bench.portal --data FOLDER [--bakerydemo FOLDER]

Needs wrk and nginx. All in one run, one after the other on the same cores: nginx with the bytes of an article, the
article from the page cache, and pages made anew: every request has an address of its own, so that none is kept, and
articles are taken at random from a thousand of them. With the number of queries of a look like any other. With a
checkout of bakerydemo (`bench.bakery` fills it), its articles are asked for in the same way, served in the same way.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import bakery

SECONDS, CONNECTIONS = 8, 16
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 2;
events {{ worker_connections 512; }}
http {{ access_log off; default_type text/html; sendfile on; keepalive_requests 1000000;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; root {folder}/www; }} }}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, where: Path | None = None, **more: str) -> Iterator[None]:
    server = subprocess.Popen(command, cwd=where, env={**os.environ, **more}, stdout=subprocess.DEVNULL)
    try:
        for _turn in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait()


@contextmanager
def granian(python: str, application: str, where: Path | None = None, **environment: str) -> Iterator[int]:
    """Two processes, as `gongkai serve --processes 2` starts them."""
    port = free_port()
    command = [python, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--log-level", "error"]
    command += ["--workers", "2", "--blocking-threads", "4", "--no-ws", application]
    with running(command, port, where, **environment):
        yield port


@contextmanager
def product(megabytes: int) -> Iterator[int]:
    kept = {"DJANGO_SETTINGS_MODULE": "gongkai.config.settings", "GONGKAI_PAGE_CACHE_MB": str(megabytes)}
    with granian(sys.executable, "gongkai.config.wsgi:application", **kept) as port:
        yield port


@contextmanager
def peer(folder: Path) -> Iterator[int]:
    application, python = "bakerydemo.wsgi:application", bakery.python(folder)
    with granian(python, application, folder, **bakery.environment(folder)) as port:
        yield port


@contextmanager
def nginx(content: bytes) -> Iterator[int]:
    with tempfile.TemporaryDirectory() as folder:
        www, port = Path(folder) / "www", free_port()
        www.mkdir()
        (www / "article.html").write_bytes(content)
        for path in (Path(folder), www):
            path.chmod(0o755)
        configuration = Path(folder) / "nginx.conf"
        configuration.write_text(NGINX.format(folder=folder, port=port))
        with running([shutil.which("nginx") or "nginx", "-c", str(configuration)], port):
            yield port


ANEW = """
local urls = {{{urls}}}
request = function() return wrk.format("GET", urls[math.random(#urls)] .. "?n=" .. math.random(1e9)) end
"""


def rate(port: int, path: str, *urls: str) -> float:
    """Requests a second, after a moment to get warm; with `urls`, of these at random and each time anew."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(ANEW.format(urls=",".join(f'"{url}"' for url in urls)))
        script.flush()
        anew = ["-s", script.name] if urls else []
        for seconds in (2, SECONDS):
            command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", *anew, f"http://127.0.0.1:{port}{path}"]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise RuntimeError(f"{path}: {said}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    return float(found[1]) if found else 0.0


def told(name: str, size: int | None, speed: float, more: str = "") -> None:
    print(f"{name:<28} {f'{size / 1024:.1f} kB' if size else '':>9} {speed:>9.0f}/s   {more}", flush=True)


def main(checkout: Path | None) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from gongkai.portal.models import ArticlePage, ColumnPage, SectionPage

    settings.ALLOWED_HOSTS = ["*"]
    settings.GONGKAI_PAGE_CACHE_BYTES = 1  # nothing fits
    articles = ArticlePage.objects.live()
    article = articles[articles.count() // 2]
    column = ColumnPage.objects.parent_of(article).get()
    some = articles.filter(pk__in=list(articles.values_list("pk", flat=True)[:: max(1, articles.count() // 1000)]))
    pages = {"article": [page.url for page in some], "front page": ["/"], "column": [column.url]}
    pages["section"] = [SectionPage.objects.ancestor_of(article).get().url]
    print(f"{articles.count():,} published articles; {SECONDS} s each, {CONNECTIONS} connections, 2 processes")
    content = Client().get(article.url).content
    with nginx(content) as port:
        floor = rate(port, "/article.html")
    told("nginx, the same bytes", len(content), floor)
    anew: dict[str, float] = {}
    with product(64) as port:
        kept = rate(port, article.url)
        told("article, kept", None, kept, f"{kept / floor:.3f} of nginx")
        for name, urls in pages.items():
            Client().get(urls[0])
            with CaptureQueriesContext(connection) as asked:
                Client().get(urls[-1])
            anew[name] = rate(port, "/", *urls)
            told(f"{name}, made anew", None, anew[name], f"{len(asked)} queries")
    if checkout:
        look = bakery.look(checkout)
        with peer(checkout) as port:
            theirs = rate(port, "/", *look.urls)
        more = f"{look.queries} queries, {look.pages:,} articles: the product makes {anew['article'] / theirs:.1f} ×"
        told("article of bakerydemo", look.size, theirs, more)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--bakerydemo", type=Path, help="a checkout of Wagtail's bakerydemo, filled by bench.bakery")
    given = parser.parse_args()
    os.environ["GONGKAI_DATA"] = given.data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    if not (shutil.which("wrk") and shutil.which("nginx")):
        sys.exit("needs wrk and nginx (apt-get install wrk nginx-light)")
    main(given.bakerydemo and given.bakerydemo.resolve())
