"""词表: a county's own words for the machine, taken in whole or not at all, each upload a version of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body, Kind
from gongkai.core.screening import lexicon_problems, parse_lexicon
from gongkai.core.screening.lexicon import standard_lexicons
from gongkai.foundation import clock
from gongkai.foundation.access import verb
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.review.digests import sm3
from gongkai.review.models import WordList
from gongkai.review.rescreening.selectors import KEEPERS

BYTES = 20 * 1024 * 1024
TOLD = 50  # problems named one by one
ENCODINGS = ("utf-8-sig", "gb18030")


@verb("review.word_list_add", gettext_lazy("上传词表"), *KEEPERS, body="county.pk")
def add_word_list(
    actor: User | None,
    county: Body,
    name: str,
    file: File[bytes],
    active_from: date | None = None,
    active_to: date | None = None,
    note: str = "",
) -> WordList:
    """Take in a CSV under a name; from `active_from` (default: today) on it replaces the name's older one.

    Every line that cannot be used is named, and nothing is taken in then.
    """
    actor, name, begins = cast(User, actor), _named(name), active_from or clock.today()
    if county.kind != Kind.COUNTY:
        raise ValidationError(_("词表属于县"))
    if begins < clock.today():
        raise ValidationError(_("启用日期已经过去，请改为今天或以后的日期"))
    if active_to is not None and active_to < begins:
        raise ValidationError(_("停用日期早于启用日期，请核对"))
    text = _text(file)
    words = _words(text, str(file.name or name))
    same = WordList.objects.select_for_update().filter(county=county, name=name)
    newest = same.order_by("-version").first()
    for older in same.filter(active_to__isnull=True) | same.filter(active_to__gte=begins):
        _end(older, begins - timedelta(days=1), "review.word_list_add", actor)
    row = WordList(
        county=county,
        name=name,
        version=newest.version + 1 if newest is not None else 1,
        content=text,
        digest=sm3(text),
        words=words,
        note=note.strip()[:200],
        active_from=begins,
        active_to=active_to,
        uploaded_by=actor,
        uploaded_at=clock.now(),
    )
    with change(row, "review.word_list_add", actor=actor):
        pass
    return row


@verb("review.word_list_end", gettext_lazy("停用词表"), *KEEPERS, body="word_list.county_id")
def end_word_list(actor: User | None, word_list: WordList) -> WordList:
    """Use it no longer, from today on; the version stays and can be downloaded."""
    word_list = WordList.objects.select_for_update(of=("self",)).get(pk=word_list.pk)
    if word_list.active_to is not None and word_list.active_to < clock.today():
        raise ValidationError(_("“%s”已经停用") % word_list)
    _end(word_list, clock.today() - timedelta(days=1), "review.word_list_end", cast(User, actor))
    return word_list


def _end(row: WordList, last: date, verb_key: str, actor: User) -> None:
    with change(row, verb_key, actor=actor):
        row.active_to = last


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 40:
        raise ValidationError(_("请填写词表名称，不超过 40 字"))
    if name in {lexicon.name for lexicon in standard_lexicons()}:
        raise ValidationError(_("“%s”是系统自带词库的名称，请换一个名称") % name)
    return name


def _text(file: File[bytes]) -> str:
    data = file.read(BYTES + 1)
    if len(data) > BYTES:
        raise ValidationError(_("词表超过 %d MB，请拆分后分别上传") % (BYTES // 1024 // 1024))
    for encoding in ENCODINGS:
        try:
            text: str = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ValidationError(_("编码无法识别，请另存为 UTF-8 的 CSV 后再上传"))


def _words(text: str, name: str) -> int:
    problems = lexicon_problems(text, name)
    if problems:
        rest = len(problems) - TOLD
        more = [_("另有 %d 处问题") % rest] if rest > 0 else []
        raise ValidationError([*problems[:TOLD], *more])
    words = len(parse_lexicon(text, name).entries)
    if not words:
        raise ValidationError(_("词表里没有词语"))
    return words
