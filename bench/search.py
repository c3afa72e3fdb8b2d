"""The public search over many published articles: how long a question takes, and whether it finds what it must.

    python -m bench.search [N]          # default 100,000 articles of 300 characters

Words of two characters with few, some and most of the articles as answers, two words together, and a phrase of eight
characters. Each question is timed from `Question` to thirty hits that have asked the gate, without the rendering. A
mark is planted in one article of a thousand: recall is the share of those that a question for it finds.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("GONGKAI_DATA", tempfile.mkdtemp())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
BATCH, LENGTH, EVERY, TIMES = 1000, 300, 1000, 20
MARK = "青鸾驿站改造"
NOTICE = Path(__file__).resolve().parent.parent / "examples" / "qinghe" / "notice.txt"


def fill(count: int):
    """One county, body and column with `count` open articles, in the index; the front page."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone
    from wagtail.models import Page

    from gongkai.bodies.models import Body, Kind
    from gongkai.foundation.accounts.models import User
    from gongkai.foundation.search import tokens
    from gongkai.portal.models import ArticlePage, ColumnPage, HomePage, SectionPage
    from gongkai.portal.reviewables import ARTICLE, COLUMN, article_text, column_text
    from gongkai.portal.standing import with_place
    from gongkai.portal.structure import ensure_portal
    from gongkai.review.digests import sm3
    from gongkai.review.models import Release, State

    call_command("migrate", verbosity=0)
    county = Body.objects.create(code="qinghe", name="清河县人民政府", kind=Kind.COUNTY)
    body = Body.objects.create(code="qinghe.fgj", name="清河县发展和改革局", kind=Kind.DEPARTMENT, parent=county)
    ensure_portal()
    someone = User.objects.create_user("someone", password="-")
    column = ColumnPage(title="通知公告", slug="column")
    SectionPage.objects.get(body=body).add_child(instance=column)
    Page.objects.filter(pk=column.pk).update(live=True)

    def sign(kind: str, records, text) -> None:
        of = ContentType.objects.get_for_model(ArticlePage if kind == ARTICLE else ColumnPage)
        common = {"kind": kind, "content_type": of, "body": body, "state": State.APPROVED, "requested_by": someone}
        moment = {"requested_at": timezone.now(), "decided_at": timezone.now()}
        Release.objects.bulk_create(
            Release(object_id=one.pk, title=one.title, digest=sm3(text(one)), **common, **moment) for one in records
        )

    sign(COLUMN, ColumnPage.objects.all(), column_text)
    words = NOTICE.read_text("utf-8").replace("\n", "")
    article_type = ContentType.objects.get_for_model(ArticlePage)
    fields = [field for field in ArticlePage._meta.local_concrete_fields if not field.primary_key]
    entry = Page.index_entries.rel.model
    for begin in range(0, count, BATCH):
        made = range(begin, min(begin + BATCH, count))
        pages, texts = [], []
        for number in made:
            dice = random.Random(number)
            at = dice.randrange(len(words) - LENGTH)
            texts.append(words[at : at + LENGTH] + (MARK if number % EVERY == 0 else ""))
            start = dice.randrange(len(words) - 20)
            page = Page(title=words[start : start + 20], slug=f"a{number}", content_type=article_type, live=True)
            page.path, page.depth = Page._get_path(column.path, column.depth + 1, number + 1), column.depth + 1
            page.url_path, page.locale_id = f"{column.url_path}a{number}/", column.locale_id
            page.draft_title, page.first_published_at = page.title, timezone.now()
            pages.append(page)
        pages = Page.objects.bulk_create(pages)
        names = ", ".join(["page_ptr_id", *(field.column for field in fields)])
        rows = []
        for page, text in zip(pages, texts, strict=True):
            given = {"body": f"<p>{text}</p>"}
            values = [
                field.get_db_prep_save(given.get(field.name, field.get_default()), connection) for field in fields
            ]
            rows.append([page.pk, *values])
        with connection.cursor() as cursor:
            holes = ", ".join(["%s"] * (len(fields) + 1))
            cursor.executemany(f"INSERT INTO {ArticlePage._meta.db_table} ({names}) VALUES ({holes})", rows)
        entry.objects.bulk_create(
            entry(
                content_type=article_type,
                object_id=str(page.pk),
                title=" ".join(tokens(page.title)),
                body=" ".join(tokens(text)),
                autocomplete="",
            )
            for page, text in zip(pages, texts, strict=True)
        )
        sign(ARTICLE, with_place(ArticlePage.objects.filter(pk__in=[page.pk for page in pages])), article_text)
    Page.objects.filter(pk=column.pk).update(numchild=count)
    return HomePage.objects.get()


def main() -> None:
    import django

    django.setup()
    from gongkai.portal.searching import Question, find, listed

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    begun = time.perf_counter()
    home = fill(count)
    print(f"{count:,} articles in {time.perf_counter() - begun:.0f} s")
    planted = -(-count // EVERY)
    print(f"recall of {MARK} and of 青鸾: ", [find(home, Question(q)).count() / planted for q in (MARK, "青鸾")])
    for q in ("青鸾", "预算", "公开", "预算 公开", "政府信息公开工作", "没有"):
        times = []
        for _ in range(TIMES):
            begun = time.perf_counter()
            rows = listed(home, Question(q), None)
            times.append((time.perf_counter() - begun) * 1000)
        p95 = statistics.quantiles(times, n=20, method="inclusive")[18]
        print(f"{q:<12} {rows.paginator.count:>8,} found  p50 {statistics.median(times):7.1f} ms  p95 {p95:7.1f} ms")


if __name__ == "__main__":
    main()
