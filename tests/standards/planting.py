"""A catalogue, the columns of its body, and gaps between them that are known beforehand."""

from __future__ import annotations

from datetime import date

from django.core.files.base import ContentFile
from tests.core.catalogues.sheets import book, line
from tests.portal.writing import article, column, section, through_the_gate

from gongkai.portal.tree import COLUMNS, PAGES
from gongkai.standards.models import Catalogue, Row
from gongkai.standards.services import import_catalogue, link_place

TITLE = "清河县重大建设项目领域基层政务公开标准目录"
FIELD = "重大建设项目"
NEW, OLD = date(2026, 6, 10), date(2026, 3, 2)


def owing(second: str, **cells):
    """A row that owes a page within twenty working days."""
    return line("批准服务信息", second, body="县发展改革局", **cells)


def imported(body, *lines, actor=None, template=False, title=TITLE, sheet=FIELD) -> Catalogue:
    data = book(*lines, title=title, sheet=sheet)
    return import_catalogue(actor, body, ContentFile(data, "目录.xlsx"), template=template)[0]


def row(catalogue: Catalogue, matter: str) -> Row:
    return catalogue.rows.select_related("catalogue").get(second=matter)


def open_column(parent, title: str, **fields):
    return through_the_gate(column(parent, title, **fields))


def filled(body_or_parent, title: str, on: date = NEW, words: str = "", **fields):
    """An open column with one open article of that day."""
    parent = section(body_or_parent) if hasattr(body_or_parent, "short_names") else body_or_parent
    place = open_column(parent, title, **fields)
    through_the_gate(article(place, words or f"{title}的内容", published_on=on))
    return place


def link(actor, catalogue: Catalogue, matter: str, page, **options):
    source = COLUMNS if hasattr(page, "summary") and not hasattr(page, "published_on") else PAGES
    return link_place(actor, row(catalogue, matter), source, str(page.pk), **options)


def outside_page(title, day="2026-06-10", text=""):
    return f'<html><head><title>{title}</title><meta name="PubDate" content="{day}"></head><body>{text}</body></html>'
