"""A read article -> an unsaved draft with its files and what the machine says of it, or why there is none.

Nothing is written here but attached files, which the storage judges before it keeps them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.core.screening import Screener
from gongkai.core.screening.secrets import suspected
from gongkai.core.siteimport import Article, Source
from gongkai.foundation.accounts.models import User
from gongkai.foundation.guard import SecretSuspected, Unexamined
from gongkai.foundation.registries import reviewables
from gongkai.portal.importing.models import Outcome
from gongkai.portal.models import ArticlePage, Attachment, AttachmentFile, ColumnPage
from gongkai.portal.pictures.carrying import taken_over
from gongkai.portal.pictures.references import LONGEST_ALT, one_line, references
from gongkai.portal.reviewables import ARTICLE
from gongkai.portal.words import plain
from gongkai.review.machine import Look, look_by

_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class Drafted:
    """What one record became so far."""

    article: Article
    outcome: Outcome
    says: list[str] = field(default_factory=list)
    page: ArticlePage | None = None
    column_id: int = 0
    seen: Look | None = None
    rule: str = ""  # that took it for a state secret

    @classmethod
    def secret(cls, article: Article, rule: str) -> Drafted:
        """Nothing of it is kept but its number."""
        return cls(Article(article.number), Outcome.SECRET, rule=rule)


@dataclass(frozen=True, slots=True)
class Target:
    """A column of the portal: where it stands, whose it is, and the folder for its files."""

    column: ColumnPage
    body_id: int
    folder_id: int


def key_of(url: str) -> str:
    """By what a source's page is known again: host and path without scheme, www. and a slash at the end."""
    parts = urlsplit(url)
    host = parts.netloc.lower().removeprefix("www.")
    return hashlib.sha256(f"{host}{parts.path.rstrip('/')}?{parts.query}".encode()).hexdigest()


def draft(article: Article, targets: Mapping[str, Target], source: Source, author: User) -> Drafted:
    """What is suspected of being a state secret is looked for first: not even its title is kept."""
    if rule := suspected_in(article):
        return Drafted.secret(article, rule)
    if article.problems:
        return Drafted(article, Outcome.BAD, [*article.problems])
    target = targets.get(article.column)
    if target is None:
        return Drafted(article, Outcome.UNMAPPED)
    made = Drafted(article, Outcome.READY, [*article.notes], _page(article, target), target.column.pk)
    try:
        _attach(made, target, source, author)
        _show(made, target, source, author)
    except SecretSuspected as refusal:
        return Drafted.secret(article, refusal.rule)
    return made


def suspected_in(article: Article) -> str | None:
    texts = (article.title, article.summary, article.source, article.column, article.url, plain(article.body))
    return next((rule for text in ("\n".join(texts), *texts) if (rule := suspected(text))), None)


def _page(article: Article, target: Target) -> ArticlePage:
    known = {one.name for one in ArticlePage._meta.local_concrete_fields}
    told: dict[str, Any] = {
        "body": article.body,
        "source": article.source,
        "summary": article.summary,
        "published_on": article.day,
        "published_time": article.at,
        "keywords": article.keywords,
        "author": article.author,
    }
    page = ArticlePage(
        title=article.title, slug=slug_of(article.url), **{name: told[name] for name in told if name in known}
    )
    page.__dict__.update(parent_pk=target.column.pk, section_body=target.body_id)  # as `with_place` fetches them
    return page


def slug_of(url: str) -> str:
    """The last part of the old address, as far as one of ours may hold it, and a few digits that keep it apart."""
    name = urlsplit(url).path.rstrip("/").rpartition("/")[2].lower().rpartition(".")
    words = _SLUG.sub("-", name[0] or name[2]).strip("-")[:60]
    return f"{words}-{key_of(url)[:8]}".strip("-")


def _attach(made: Drafted, target: Target, source: Source, author: User) -> None:
    """Write the files; an article that lacks one is no article to be shown."""
    attachments = []
    for place, attached in enumerate(made.article.attachments):
        data = source.file(attached.place)
        if data is None:
            made.outcome = Outcome.HELD
            made.says.append(_("附件没有随来源提供：%s") % attached.place[:200])
            continue
        try:
            attachments.append(
                Attachment(
                    document=_file(attached.name, attached.place, data, target, author),
                    sort_order=place,
                    title=attached.name,
                )
            )
        except (Unexamined, ValidationError) as error:
            made.outcome = Outcome.HELD
            made.says.append(
                _("附件“%(name)s”不能保存：%(why)s") % {"name": attached.name[:100], "why": "；".join(_words(error))}
            )
    if made.page is not None:
        setattr(made.page, "attachments", attachments)  # noqa: B010 - the manager of modelcluster takes a list


def _show(made: Drafted, target: Target, source: Source, author: User) -> None:
    """Pictures that came with the source into their places.

    Old sites seldom say in words what a picture shows: such a one is called the picture of its article, and named in
    the report, so that somebody can find better words for it.
    """
    if made.page is None or not made.article.pictures:
        return
    find, pictures, otherwise = source.file, made.article.pictures, _("“%s”配图") % made.article.title
    made.page.body, left_out = taken_over(made.page.body, pictures, target.folder_id, author, find, otherwise)
    made.says += left_out
    wordless = sum(one.alt == one_line(otherwise, LONGEST_ALT) for one in references(made.page.body))
    if wordless:
        made.says.append(_("图片 %d 张没有替代文字，暂以文章标题代替") % wordless)
    if not made.page.body:
        made.outcome = Outcome.HELD
        made.says.append(_("没有正文"))


def _file(name: str, place: str, data: bytes, target: Target, author: User) -> AttachmentFile:
    document = AttachmentFile(title=name, collection_id=target.folder_id, uploaded_by_user=author)
    base = urlsplit(place).path.rpartition("/")[2] or "file"
    document.file.save(base[-80:], ContentFile(data), save=False)
    document.file_size = len(data)
    document.file_hash = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    document.save()
    return document


def _words(error: Exception) -> list[str]:
    return list(getattr(error, "messages", [])) or [str(error)]


def examine(made: Drafted, rules: Screener) -> None:
    """The machine's look, as at every other text that is put forward; what it blocks stays a draft."""
    if made.page is None:
        return
    made.seen = look_by(rules, reviewables.get(ARTICLE), made.page)
    if made.seen.stops:
        made.outcome = Outcome.HELD


def first_moment(article: Article) -> datetime | None:
    """When it became public where it came from."""
    if article.day is None:
        return None
    return timezone.make_aware(datetime.combine(article.day, article.at or time()))
