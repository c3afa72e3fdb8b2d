"""Importing 100,000 articles of an existing site: read, examined, written as drafts, signed as one batch, opened.

    python -m bench.intake [--pages N]

Prints articles a second and the peak of memory of each part, beside the same articles written one by one by Wagtail.
A temporary folder and a database of its own; two cores are better than one only for the database.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

COLUMNS = ("工作动态", "通知公告", "政策文件", "财政信息")
WORDS = """清河县 重点项目 按计划 推进 各单位 认真落实 工作要求 本次会议 研究部署 下一步 安排 完成投资 同比增长 群众
反映 问题 及时办理""".split()  # noqa: SIM905 - words are read better so
ALONE = 200  # articles written one by one


def text(dice: random.Random, length: int) -> str:
    words: list[str] = []
    while sum(map(len, words)) < length:
        words.append(dice.choice(WORDS) + dice.choice(["，", "。", "", ""]))
    return "".join(words)


def record(number: int) -> dict[str, str]:
    """Own words, of the length articles have: 1,200 characters, every tenth with a table."""
    dice = random.Random(number)
    body = "".join(f"<p>{text(dice, 300)}</p>" for _part in range(4))
    if number % 10 == 0:
        rows = "".join(f"<tr><td>项目{row}</td><td>{dice.randint(1, 999)}</td></tr>" for row in range(8))
        body += f"<table><tr><th>名称</th><th>金额</th></tr>{rows}</table>"
    day = f"{2019 + number % 7}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    column = COLUMNS[number % len(COLUMNS)]
    url = f"http://www.example.gov.cn/c{number % len(COLUMNS)}/t{day.replace('-', '')}_{number}.html"
    title = f"清河县{text(dice, 12).strip('，。')}（{number}）"
    return {"url": url, "title": title, "body": body, "published": f"{day} 08:30", "column": column, "source": "县府办"}


def write_source(path: Path, pages: int) -> None:
    with path.open("w") as stream:
        for number in range(pages):
            stream.write(json.dumps(record(number), ensure_ascii=False) + "\n")


def timed(name: str, count: int, work: Callable[[], object]) -> None:
    begun, cpu = time.perf_counter(), time.process_time()
    work()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name:<44} {count:>8,} {seconds:>9.1f} s {cpu:>9.1f} s {count / seconds:>7.0f}/s {peak:>7.0f} MB", flush=True
    )


def main(pages: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.portal import writing
    from tests.portal.importing import sources
    from tests.review.passing import holder, sign
    from wagtail.models import Page

    from gongkai.bodies.models import Body, Kind
    from gongkai.core.siteimport import open_source
    from gongkai.foundation.access import Role
    from gongkai.portal.importing.loading import load
    from gongkai.portal.importing.opening import open_slice
    from gongkai.portal.models import ArticlePage
    from gongkai.portal.structure import ensure_portal

    county = Body.objects.create(code="qinghe", name="清河县人民政府", kind=Kind.COUNTY)
    body = Body.objects.create(code="qinghe.fgj", name="清河县发展和改革局", kind=Kind.DEPARTMENT, parent=county)
    ensure_portal()
    section = writing.section(body)
    columns = {name: writing.through_the_gate(writing.column(section, name)) for name in COLUMNS}
    from types import SimpleNamespace

    place = SimpleNamespace(body=body, clerk=holder(body, Role.CLERK))
    path = Path(os.environ["GONGKAI_DATA"]) / "site.jsonl"
    write_source(path, pages)
    print(f"source: {path.stat().st_size / 2**20:.0f} MB")
    print(f"{'':<44} {'articles':>8} {'time':>11} {'cpu':>11} {'':>9} {'peak':>10}")

    def one_by_one() -> None:
        for number in range(ALONE):
            told = record(number)
            page = ArticlePage(title=told["title"], slug=f"alone-{number}", body=told["body"])
            columns[COLUMNS[0]].add_child(instance=page)
            page.save_revision()

    timed("peer: one by one, drafts alone", ALONE, one_by_one)
    batch = sources.begun(place, path, **{name: page.pk for name, page in columns.items()})
    with open_source(path) as source:
        timed("load: read, clean, examine, write", pages, lambda: load(batch.pk, source, None))
    begun = time.perf_counter()
    release = sources.put_forward(place, batch)
    sign(holder(body, Role.LEADER), release)
    print(f"{'put forward and signed':<44} {'':>8} {time.perf_counter() - begun:>9.1f} s")

    def open_all() -> None:
        while open_slice(batch.pk):
            pass

    timed("open: releases, register, redirects, live", pages, open_all)
    opened = ArticlePage.objects.live().count()
    print(f"public: {opened:,}; problems of the tree: {sum(map(len, Page.find_problems()))}")
    size = sum(file.stat().st_size for file in Path(os.environ["GONGKAI_DATA"]).glob("*.sqlite3*"))
    print(f"database: {size / 2**20:.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--data", help="keep the database in this folder, for bench.portal")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        os.environ["GONGKAI_DATA"] = given.data or folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
        sys.exit(main(given.pages))
