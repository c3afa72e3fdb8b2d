"""Wagtail's bakerydemo as the portal's peer: how a checkout of it is run, filled and looked at.

    python -m bench.bakery FOLDER [--pages 100000]

FOLDER holds a checkout (github.com/wagtail/bakerydemo) with its `.venv`, granian installed there as well, and the
database and files that its own `migrate`, `load_initial_data` and `collectstatic` make. Its blog gets copies of the
articles it comes with, their tags and authors too, until it has that many. It runs by its own settings for production,
with SQLite in WAL mode and lasting connections, as the product does.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SETTINGS = "bakerydemo.settings.production"
AT_RANDOM, KINDS, BATCH = 1000, 20, 5000
STEP = 4  # characters of a path in treebeard, to the base of 36
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Look:
    """What the peer says of itself: articles, queries and bytes of one, addresses of a thousand."""

    pages: int
    queries: int
    size: int
    urls: list[str]


def python(folder: Path) -> str:
    return str(folder / ".venv/bin/python")


def environment(folder: Path) -> dict[str, str]:
    own = {"DATABASE_URL": f"sqlite:///{folder}/bakerydemodb", "DJANGO_SECRET_KEY": "bench" * 10}
    return {**own, "DJANGO_SETTINGS_MODULE": SETTINGS, "DJANGO_LOG_LEVEL": "ERROR", "PYTHONPATH": str(folder)}


def look(folder: Path) -> Look:
    return Look(**json.loads(_inside(folder, "look").splitlines()[-1]))


def _inside(folder: Path, *what: str) -> str:
    """This file, run by the Python of the checkout, which knows nothing of the product; what it printed."""
    command = [python(folder), "-P", __file__, *what]
    told = {**os.environ, **environment(folder)}
    return subprocess.run(command, cwd=folder, env=told, check=True, stdout=subprocess.PIPE, text=True).stdout


def _models() -> tuple[Any, Any]:
    import django

    django.setup()
    from django.apps import apps

    return apps.get_model("blog", "BlogPage"), apps.get_model("blog", "BlogIndexPage")


def _look() -> None:
    articles, _index = _models()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    live = articles.objects.live()
    pages, base = live.count(), live.first().get_parent().url
    slugs = list(live.values_list("slug", flat=True))
    for slug in slugs[:KINDS]:  # pictures are cut when they are first shown
        Client().get(f"{base}{slug}/")
    urls = [f"{base}{slug}/" for slug in slugs[:: max(1, pages // AT_RANDOM)]]
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get(urls[-1])
    print(json.dumps({"pages": pages, "queries": len(asked), "size": len(answer.content), "urls": urls}))


def _fill(wanted: int) -> None:
    articles, indexes = _models()
    from django.db import connection, transaction

    connection.cursor().execute("PRAGMA journal_mode=WAL")  # kept in the file
    index = indexes.objects.live().first()
    first = list(articles.objects.child_of(index).live())
    last = index.get_last_child().path
    missing = range(len(first), wanted)
    with transaction.atomic():
        for at in range(0, len(missing), BATCH):
            batch = missing[at : at + BATCH]
            copies = [(_place(last, n - len(first) + 1), n, first[n % len(first)]) for n in batch]
            _copy(index, copies)
        index.numchild += len(missing)
        index.save(update_fields=["numchild"])
    print(f"{articles.objects.count():,} articles")


def _place(last: str, further: int) -> str:
    """The path of the sibling `further` places behind."""
    number, digits = int(last[-STEP:], 36) + further, ""
    for _digit in range(STEP):
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return last[:-STEP] + digits


def _copy(index: Any, copies: list[tuple[str, int, Any]]) -> None:
    from uuid import uuid4

    from django.db import connection
    from wagtail.models import Page

    keep = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    rows = [
        Page(**{name: getattr(page, name) for name in keep}
             | {"path": path, "slug": f"bench-{n}", "title": f"{page.title} {n}", "draft_title": f"{page.title} {n}"}
             | {"url_path": f"{index.url_path}bench-{n}/", "translation_key": uuid4(), "latest_revision_id": None})
        for path, n, page in copies
    ]  # fmt: skip
    made = [(row.pk, page) for row, (_path, _n, page) in zip(Page.objects.bulk_create(rows), copies, strict=True)]
    meta = type(copies[0][2])._meta
    names = ", ".join(field.column for field in meta.local_concrete_fields if not field.primary_key)
    table = meta.db_table
    own = f"INSERT INTO {table} (page_ptr_id, {names}) SELECT %s, {names} FROM {table} WHERE page_ptr_id = %s"
    connection.cursor().executemany(own, [(key, page.pk) for key, page in made])
    for relation, link in (("tagged_items", "content_object_id"), ("blog_person_relationship", "page_id")):
        model = meta.get_field(relation).related_model
        of = {page.pk: list(model.objects.filter(**{link: page.pk}).values()) for _path, _n, page in copies}
        model.objects.bulk_create(
            model(**{name: value for name, value in row.items() if name != "id"} | {link: key})
            for key, page in made
            for row in of[page.pk]
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=100_000)
    given = parser.parse_args()
    print(_inside(given.folder.resolve(), "fill", str(given.pages)), end="")


if __name__ == "__main__":
    if sys.argv[1:2] == ["look"]:
        _look()
    elif sys.argv[1:2] == ["fill"]:
        _fill(int(sys.argv[2]))
    else:
        main()
