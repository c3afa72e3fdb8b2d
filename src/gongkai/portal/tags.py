"""网页标签 of a page: what stands in its head by the rules of 国办发〔2017〕47号 (`core/siteaudit/markup.yaml`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urljoin

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Page

from gongkai.portal.pagecache.shared import shared
from gongkai.portal.words import plain, without_pictures, without_targets

DESCRIBED = 120  # characters of the text that stand for a summary nobody wrote
HOME, ORGAN, CATALOGUE = "首页", "机构职能", "信息公开目录"  # 栏目类别, in the words of the rules


@dataclass(frozen=True, slots=True)
class ColumnTags:
    """栏目标签; `kind` is one of `core.platform.column_types` or a further one: the list is open."""

    name: str
    description: str
    keywords: str
    kind: str = CATALOGUE


@dataclass(frozen=True, slots=True)
class ContentTags:
    """内容页标签. The first three are required; image and url are addresses, made whole where they are shown."""

    title: str
    published: datetime
    source: str
    keywords: str = ""
    author: str = ""
    description: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True)
class PageTags:
    """What a page says of itself beside its site: its column, and, when something stands on it to be read, that."""

    column: ColumnTags
    content: ContentTags | None = None

    def pairs(self, url: str) -> Iterator[tuple[str, str]]:
        """(name, value) of every tag, empty ones left out; `url` is where the page is."""
        yield from _filled(
            ColumnName=self.column.name,
            ColumnDescription=self.column.description,
            ColumnKeywords=self.column.keywords,
            ColumnType=self.column.kind,
        )
        if self.content is not None:
            yield from _filled(
                ArticleTitle=self.content.title,
                PubDate=f"{timezone.localtime(self.content.published):%Y-%m-%d %H:%M}",
                ContentSource=self.content.source,
                Keywords=self.content.keywords,
                Author=self.content.author,
                Description=self.content.description,
                Image=urljoin(url, self.content.image) if self.content.image else "",
                Url=url,
            )


def _filled(**named: str) -> Iterator[tuple[str, str]]:
    return ((name, " ".join(value.split())) for name, value in named.items() if value.strip())


def tags_for(page: Page) -> PageTags:
    """The tags of any page of the tree. One that has `content_tags` is content, and bears its column's as well."""
    from gongkai.portal.standing import parent_path

    owner = source_of(page)
    if not hasattr(page, "content_tags"):
        return PageTags(_column(page, owner))
    opened = [one for one in getattr(page, "opened_above", None) or [] if one.depth == page.depth - 1]
    return PageTags(_column(opened[0] if opened else _at(parent_path(page)), owner), page.content_tags(owner))


@shared
def _at(path: str) -> Page:
    """The page of a path as its own kind."""
    from gongkai.portal.models import ColumnPage

    return ColumnPage.objects.filter(path=path).first() or Page.objects.get(path=path).specific


def named(title: str, kind: str = CATALOGUE, owner: str = "") -> PageTags:
    """The tags of a page that is none of the tree's: a room's list, the search."""
    return PageTags(ColumnTags(title, _said_of(owner, title), _joined(title, owner), kind))


def _column(page: Any, owner: str) -> ColumnTags:
    """Of a column, or of the page that stands where one would; a page knows its class by `column_type`.

    A place of the register is called as the register has it (`registered_name`), whatever its title says.
    """
    title, kind = getattr(page, "registered_name", page.title), getattr(page, "column_type", "") or CATALOGUE
    owner = "" if owner in title else owner
    description = getattr(page, "description", "") or getattr(page, "summary", "") or _said_of(owner, title)
    keywords = getattr(page, "keywords", "") or _joined(title, owner)
    return ColumnTags(HOME if kind == HOME else title, description, keywords, kind)


def _said_of(owner: str, title: str) -> str:
    return _("%(owner)s%(title)s：公开的政府信息") % {"owner": owner, "title": title}


def _joined(*words: str) -> str:
    return ",".join(word for word in words if word)


def source_of(page: Page) -> str:
    """The name of the body in whose section a page stands; above the sections, of the county."""
    from gongkai.portal.models import HomePage, SectionPage
    from gongkai.portal.standing import section_above

    if isinstance(page, HomePage):
        return page.county.name if page.county else ""
    if isinstance(page, SectionPage):
        return page.body.name
    section = section_above(page)
    return section.body.name if section is not None else ""


def moment_of(day: date, opened: datetime | None, written: time | None = None) -> datetime:
    """发布时间, to the minute: as written, else when it became public, if that was on the day that is shown."""
    local = timezone.localtime(opened) if opened else None
    if written is None and local is not None and local.date() == day:
        return local.replace(second=0, microsecond=0)
    return timezone.make_aware(datetime.combine(day, written or time.min))


def excerpt(html: str) -> str:
    """The first words of a text, for where its summary is wanted and nobody wrote one."""
    return Truncator(without_pictures(without_targets(plain(html)))).chars(DESCRIBED, truncate="…")
