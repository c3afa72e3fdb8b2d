"""How the first articles of a source will come out. Nothing is written for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongkai.core.screening import Severity, screen_text
from gongkai.core.siteimport import Article
from gongkai.portal.importing.drafting import suspected_in
from gongkai.portal.importing.models import Batch
from gongkai.portal.words import plain
from gongkai.review.machine import masked, screener
from gongkai.review.models import SEVERITIES
from gongkai.review.rescreening.rules import county_of

WORDS = 60  # of the text


@dataclass(frozen=True, slots=True)
class Previewed:
    """An article as it will be; `stops`: why it will not be taken over; `says`: what is to be known of it."""

    article: Article
    title: str
    words: str
    stops: tuple[str, ...]
    says: tuple[str, ...]


def previewed(batch: Batch, articles: Sequence[Article], columns: Mapping[str, int]) -> list[Previewed]:
    rules = screener(county_of(batch.body_id))
    shown = []
    for article in articles:
        if suspected_in(article):
            shown.append(Previewed(Article(article.number), "", "", (_("疑似国家秘密，将跳过，不写入本系统"),), ()))
            continue
        stops = list(article.problems)
        if not stops and article.column not in columns:
            stops.append(_("栏目没有对应，将跳过"))
        text = plain(article.body)
        found = [*rules.screen(article.title), *screen_text(rules, text)]
        says = [*article.notes, *(f"{SEVERITIES[one.severity]}：{one.message}" for one in found)]
        if any(one.severity == Severity.BLOCK for one in found):
            says.append(_("含必须处理的内容，将留作草稿"))
        words = masked(" ".join(text.split())[:WORDS])
        shown.append(Previewed(article, masked(article.title), words, tuple(stops), tuple(dict.fromkeys(says))))
    return shown
