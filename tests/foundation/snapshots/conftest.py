"""A real web server on this machine, with pages of all sorts."""

import asyncio
import gzip
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

PAGE = """<html><head><title>青山县人民政府</title>
<meta name="ArticleTitle" content="关于印发2026年政务公开工作要点的通知">
<meta name="PubDate" content="2026-03-01 09:30"></head>
<body><h1>通知</h1><p>各乡镇人民政府：</p><script>var x = 1;</script></body></html>"""


@dataclass
class Site:
    port: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def __call__(self, path: str) -> str:
        return f"http://{self.host}{path}"


@pytest.fixture(scope="session")
def server() -> Iterator[Site]:
    site = Site()
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        site.asked.append(request.path)
        match request.path:
            case "/page":
                return web.Response(text=PAGE, content_type="text/html")
            case "/gbk":
                page = PAGE.replace("<head>", '<head><meta charset="gb2312">').replace("要点", "要點〇")
                return web.Response(body=page.encode("gb18030"), content_type="text/html")
            case "/gone":
                return web.Response(status=404, text="<html><title>页面不存在</title></html>", content_type="text/html")
            case "/hop":
                left = int(request.query["left"])
                raise web.HTTPFound(f"/hop?left={left - 1}" if left else "/page")
            case "/away":
                raise web.HTTPFound(request.query["to"])
            case "/big":
                return web.Response(body=b"x" * 3_000_000, content_type="text/plain")
            case "/bomb":
                packed = gzip.compress(b"\0" * 30_000_000)
                return web.Response(body=packed, headers={"Content-Encoding": "gzip"}, content_type="text/plain")
            case "/slow":
                response = web.StreamResponse()
                await response.prepare(request)
                for _ in range(100):
                    await response.write(b".")
                    await asyncio.sleep(0.1)
                return response
            case "/cut":
                response = web.StreamResponse(headers={"Content-Length": "1000"})
                await response.prepare(request)
                await response.write(b"half")
                request.transport.close()
                return response
            case "/cookie":
                said = request.headers.get("Cookie", "none")
                return web.Response(text=said, headers={"Set-Cookie": "a=b"})
        return web.Response(status=500)

    async def start() -> None:
        app = web.Application()
        app.router.add_get("/{path:.*}", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        listener = web.TCPSite(runner, "127.0.0.1", 0)
        await listener.start()
        site.port = listener._server.sockets[0].getsockname()[1]
        ready.set()

    starting = loop.create_task(start())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    assert ready.wait(5), starting
    yield site
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)


@pytest.fixture
def site(server, settings) -> Site:
    """The server, named in the settings as one that may be visited."""
    server.asked.clear()
    settings.GONGKAI_FETCH_PRIVATE = [server.host]
    return server
