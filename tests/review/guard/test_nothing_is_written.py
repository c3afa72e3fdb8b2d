"""The proof of invariant 8: a word planted beside a mark, sent every way there is, is afterwards found nowhere.

The product as `make run` serves it, web and worker, with folders of its own. The same word sent without the mark is
found: the search can fail. What stands in the temporary folder meanwhile is watched, because a spool file is gone
when its request ends.
"""

from __future__ import annotations

import base64
import io
import json
import re
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from selectolax.lexbor import LexborHTMLParser
from tests.example_county import ExampleCounty, untouched
from tests.ledger.importing.test_uploading import NOTICE
from tests.papers import docx, xlsx

from gongkai.foundation.publicforms.challenge import DIGITS

pytestmark = [pytest.mark.slow]

SECRET, PLAIN = (f"zq{secrets.token_hex(8)}" for _ in range(2))
MARKED, UNMARKED = f"机密★5年{SECRET}", f"公开事项{PLAIN}"
SPOOLED = 3 * 2**20  # bytes; Django keeps up to 2.5 MB in memory
PAGE, SCRIPT, ANY = "text/html", "application/json", "*/*"
# Where the ways end when nothing is wrong with what they carry.
KEPT = {
    *("wagtailcore_revision", "wagtailadmin_formstate", "events_event"),
    *("ledger_evidence", "ledger_comment", "ledger_feedback", "ledger_draft"),
}
MAKE_ROOT = "from gongkai.foundation.accounts.models import User; User.objects.create_superuser('root', password='gongkai-demo')"
LOOK = """
import json
from gongkai.ledger.models import Assignment
from gongkai.portal.models import ArticlePage, ColumnPage, SectionPage
task = Assignment.objects.filter(body__code="qinghe.czj").exclude(state__in=["submitted", "accepted"]).first()
section = SectionPage.objects.get(body__code="qinghe.czj")
column = ColumnPage.objects.filter(slug="proof").first() or section.add_child(instance=ColumnPage(title="公告", slug="proof"))
page = ArticlePage.objects.child_of(column).first() or column.add_child(
    instance=ArticlePage(title="公告", slug="proof-article", body="<p>正文</p>", live=False))
print(json.dumps({"task": task.pk, "page": page.pk, "county": task.plan.county_id}))
"""


class File(io.BytesIO):
    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(data)
        self.name = name


class Person:
    """A browser without a screen: cookies, and the token that forms carry."""

    def __init__(self, origin: str, username: str = "") -> None:
        self.origin, self.jar = origin, CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar))
        if username:
            self.get("/admin/login/")
            self.post("/admin/login/", {"username": username, "password": "gongkai-demo"})

    def get(self, path: str, accept: str = PAGE) -> SimpleNamespace:
        return self._send(Request(self.origin + quote(path, safe="/?=&%"), headers={"Accept": accept}))

    def post(self, path: str, data: dict, accept: str = PAGE) -> SimpleNamespace:
        """The form at `path`, as its page has it, with `data` in it."""
        headers = {"Accept": accept, "Content-Type": MULTIPART_CONTENT, "Referer": f"{self.origin}/"}
        headers["X-CSRFToken"] = next((one.value for one in self.jar if one.name == "csrftoken"), "")
        return self._send(Request(self.origin + path, encode_multipart(BOUNDARY, data), headers))

    def fields(self, path: str, form: str = "form") -> dict:
        """What a form holds before anybody types."""
        page = LexborHTMLParser(self.get(path).text)
        found = {}
        for one in page.css(f"{form} input, {form} textarea"):
            kept = one.attributes
            if kept.get("name") and kept.get("type") not in ("checkbox", "radio", "file", "submit"):
                found[kept["name"]] = kept.get("value") or (one.text() if one.tag == "textarea" else "")
        return found

    def _send(self, request: Request) -> SimpleNamespace:
        try:
            answer = self.opener.open(request, timeout=120)
        except HTTPError as error:
            answer = error
        text = answer.read().decode("utf-8", "replace")
        return SimpleNamespace(status=answer.status, headers=answer.headers, text=text)


class Site:
    """An installation with its own folders: data, temporary files, what the processes print."""

    def __init__(self, county: ExampleCounty, folder: Path) -> None:
        self.folder, self.data, self.temporary = folder, county.copied(folder / "data"), folder / "tmp"
        self.printed = folder / "printed.log"
        self.temporary.mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.origin = f"http://127.0.0.1:{port}"
        self.environment = untouched() | {
            "GONGKAI_DATA": str(self.data),
            "GONGKAI_BASE_URL": self.origin,
            "TMPDIR": str(self.temporary),
        }
        self.port, self.seen = port, set()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "gongkai.cli", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        with self.printed.open("a") as log:
            log.write(done.stdout + done.stderr)
        return done

    def watch(self) -> None:
        """Every temporary file, read as soon as it is there."""
        while not self.stopped.wait(0.002):
            for path in self.temporary.rglob("*"):
                try:
                    if path.is_file() and holds(path.read_bytes(), SECRET):
                        self.seen.add(path.name)
                except OSError:
                    continue

    def __enter__(self) -> Site:
        done = self.run("manage", "shell", "-v0", "-c", MAKE_ROOT)
        assert done.returncode == 0, done.stderr
        self.log = self.printed.open("ab")
        self.served = subprocess.Popen(
            [sys.executable, "-m", "gongkai.cli", "serve", "--port", str(self.port)],
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        for _ in range(200):
            try:
                urlopen(f"{self.origin}/healthz", timeout=5)
                break
            except (URLError, OSError):
                time.sleep(0.3)
        self.stopped = threading.Event()
        self.watcher = threading.Thread(target=self.watch, daemon=True)
        self.watcher.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Everything written is on the disk then."""
        if self.served.poll() is None:
            self.stopped.set()
            self.served.send_signal(signal.SIGTERM)
            self.served.wait(timeout=60)
            self.log.close()

    def places(self) -> dict[str, Path]:
        data = self.data
        return {
            "database": data / "gongkai.sqlite3",
            "write-ahead log": data / "gongkai.sqlite3-wal",
            "public files": data / "media",
            "private files": data / "private",
            "mails": data / "mail",
            "temporary files": self.temporary,
            "printed": self.printed,
            "everything else": data,
        }

    def found(self, word: str) -> set[str]:
        """The places in which the word stands."""
        return {name for name, place in self.places().items() if any(holds(data, word) for data in contents(place))}

    def rows(self, query: str) -> list[tuple]:
        with sqlite3.connect(self.data / "gongkai.sqlite3") as database:
            return database.execute(query).fetchall()

    def tables(self, word: str) -> set[str]:
        """The tables in which the word stands."""
        found = set()
        for (table,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"):
            if any(word in str(value) for row in self.rows(f'SELECT * FROM "{table}"') for value in row):
                found.add(table)
        return found


def contents(place: Path) -> Iterator[bytes]:
    files = [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
    for path in files:
        yield path.name.encode()
        yield path.read_bytes()


def holds(data: bytes, word: str) -> bool:
    """As UTF-8, GB18030 (the same for this word) or UTF-16, plain or packed in zips one inside the other."""
    if any(written in data for written in (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))):
        return True
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(word in name or holds(archive.read(name), word) for name in archive.namelist())
    except (zipfile.BadZipFile, RuntimeError):
        return False


def session_texts(site: Site) -> Iterator[str]:
    """Sessions are packed before they are stored."""
    for (packed,) in site.rows("SELECT session_data FROM django_session"):
        payload = packed.rpartition(":")[0].rpartition(":")[0]
        data = base64.urlsafe_b64decode(payload.lstrip(".") + "==")
        yield (zlib.decompress(data) if payload.startswith(".") else data).decode()


def solved(question: str) -> str:
    one, sign, other = re.search(r"([一二三四五六七八九])(加|减)([一二三四五六七八九])", question).groups()
    first, second = DIGITS.index(one), DIGITS.index(other)
    return str(first + second if sign == "加" else first - second)


def old_word(text: str, folder: Path) -> bytes | None:
    """The letter as Word 97 would write it; None where there is no LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        return None
    source = folder / "letter.docx"
    source.write_bytes(docx(text))
    profile = (folder / "profile").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "doc",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, str(source)], check=True, capture_output=True)
    return (folder / "letter.doc").read_bytes()


@pytest.fixture(scope="module")
def site(tmp_path_factory, example_county) -> Iterator[Site]:
    with Site(example_county, tmp_path_factory.mktemp("site")) as made:
        yield made


def ways(site: Site, text: str, old: bytes | None) -> Iterator[tuple[str, object]]:
    """Everything people and programs can send `text` by: the name of the way, and the answer."""
    where = json.loads(site.run("manage", "shell", "-v0", "-c", LOOK).stdout.strip().splitlines()[-1])
    task, page = where["task"], f"/admin/pages/{where['page']}/edit/"
    clerk, office, root = (Person(site.origin, name) for name in ("clerk.qinghe.czj", "office", "root"))
    visitor = Person(site.origin)
    form = clerk.fields(page, "[data-edit-form]")
    assert "body" in form
    body = json.dumps({"blocks": [{"key": "a", "text": text, "type": "unstyled", "depth": 0}], "entityMap": {}})
    yield "autosave", clerk.post(page, form | {"body": body}, SCRIPT)
    yield "preview", clerk.post(f"{page}preview/", form | {"body": body}, ANY)
    form = clerk.fields(page, "[data-edit-form]")
    yield "editor", clerk.post(page, form | {"body": body})
    add = "/admin/documents/multiple/add/"
    root.get(add)
    files = {
        "docx": File("a.docx", docx("正文", hidden=text, padding=SPOOLED)),
        "xlsx": File("b.xlsx", xlsx("正文", hidden=text)),
        "txt": File("c.txt", f"关于工作的通知\n{text}\n".encode("gb18030")),
    }
    if old is not None:
        files["doc"] = File("d.doc", old)
    for name, file in files.items():
        yield f"document {name}", root.post(add, {"title": name, "files[]": file}, ANY)
    act = f"/admin/ledger/assignments/{task}"
    proof = {"file-title": "佐证", "file-file": File("e.docx", docx("正文", hidden=text, padding=SPOOLED))}
    yield "evidence", clerk.post(f"{act}/file/", proof)
    yield "name of evidence", clerk.post(f"{act}/file/", {"file-title": "", "file-file": File(f"{text}.txt", b"x")})
    yield "note", clerk.post(f"{act}/note/", {"note-title": "说明", "note-text": text})
    yield "comment", clerk.post(f"{act}/comment/", {"comment-text": text})
    start, notice = "/admin/ledger/import/", f"{text}\n{NOTICE}"
    office.get(start)
    fields = {"county": where["county"], "year": "2024", "text": ""}
    yield "notice", office.post(start, fields | {"file": File("n.txt", notice.encode())})
    yield "notice pasted", office.post(start, fields | {"text": notice})
    public = next(iter(re.findall(r'href="(/ledger/2026/[^"/?]+/)"', visitor.get("/ledger/2026/").text)))
    opened = visitor.get(public).text
    held = {"website": "", "challenge": LexborHTMLParser(opened).css_first("[name=challenge]").attributes["value"]}
    answer = solved(re.search(r"验证问题：[^<]+", opened)[0])
    time.sleep(3.2)  # nobody fills it in faster
    yield "visitor", visitor.post(public, held | {"text": text, "answer": answer})
    yield "sign-in", visitor.post("/admin/login/", {"username": text, "password": "x"})
    data = json.dumps({"assignment": task, "text": text})
    yield "act", site.run("manage", "act", "ledger.comment", "--as", "clerk.qinghe.czj", "--data", data)
    path = site.folder / f"{secrets.token_hex(4)}.txt"
    path.write_text(notice)
    yield "notice import", site.run("notice", "import", str(path), "--year", "2025", "--yes")
    path.unlink()


def test_nothing_is_written(site, tmp_path):
    old = old_word("公开事项", tmp_path)
    for name, answer in ways(site, UNMARKED, old and old_word(UNMARKED, tmp_path)):
        refused = getattr(answer, "status", 0) == 422 or getattr(answer, "returncode", 0)
        assert not refused, (name, str(answer)[-1500:])
    for name, answer in ways(site, MARKED, old and old_word(MARKED, tmp_path)):
        if hasattr(answer, "returncode"):
            assert answer.returncode == 2, (name, answer.stderr[-500:])
            assert "立即停止" in answer.stderr, name
        else:
            assert answer.status == 422, (name, answer.status, answer.text[-500:])
            assert answer.headers["X-Gongkai-Refused"] == "state-secret", name
            assert SECRET not in answer.text, name
    clerk = Person(site.origin, "office")
    for address in (
        f"/admin/ledger/?q={MARKED}",
        f"/api/v1/ledger/?q={MARKED}",
        f"/{MARKED}/",
        f"/ledger/2026/?q={MARKED}",
    ):
        assert clerk.get(address).status == 422
        assert clerk.get(address, SCRIPT).status == 422
    time.sleep(3)  # the worker takes what was queued
    site.stop()

    assert {"database", "public files", "private files"} <= site.found(PLAIN)  # the search finds what is there
    assert site.tables(PLAIN) >= KEPT
    assert site.found(SECRET) == set()
    assert site.seen == set()
    assert not any(SECRET in text for text in session_texts(site))
    ways_noted = {way for (way,) in site.rows("SELECT DISTINCT way FROM review_incident")}
    assert {"form", "upload", "address", "command"} <= ways_noted
