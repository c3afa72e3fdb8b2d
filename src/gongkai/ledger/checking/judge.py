"""What speaks against a link as evidence. Plain judgement: what was seen, held against what was promised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from gongkai.foundation.snapshots.reading import Page

TITLE_SHARE = 0.6  # of the stated title's pairs of characters, to be found in the page's own title
DUTY_SHARE = 0.1  # of the duty's telling pairs of characters, to be found anywhere on the page

_GONE = re.compile(
    r"^\s*404\b|页面(?:不存在|未找到|找不到|已删除|丢失)|(?:无法|没有)找到.{0,6}页面|内容不存在|文章已删除"
)
_NOT_TELLING = re.compile(
    r"及时|做好|加强|推进|推动|落实|完善|健全|严格|规范|积极|持续|深化|着力|公开|公布|发布|信息|工作|情况|政策|措施|实施|有关|"
    r"相关|县级|全县|我县|重点|领域|部门|单位|内容|等|[的和及与或在对于为以各将并]|[^\u4e00-\u9fff]+"
)
_DATE_IN_PATH = re.compile(r"(?<!\d)(20\d\d)[-/_]?(0[1-9]|1[0-2])[-/_]?(?:t?\1\2)?(0[1-9]|[12]\d|3[01])(?!\d)")


class Finding(TypedDict):
    """One doubt. severity: warning (someone must look) or info."""

    code: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What the link is to prove: the words of the duty, and the first and last day on which publishing counts."""

    key: str
    text: str
    begin: date
    end: date


@dataclass(frozen=True, slots=True)
class Seen:
    """What the address answered; `error` instead of all else when it did not."""

    url: str
    final_url: str = ""
    status: int = 0
    page: Page = field(default_factory=Page)
    error: str = ""

    @property
    def published_on(self) -> date | None:
        return self.page.published_on or date_in_path(self.final_url)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed of the link: its title (empty: none stated), the duties, the county's hosts, other uses of it."""

    title: str
    duties: Sequence[Duty]
    hosts: frozenset[str]
    other_uses: Sequence[str] = ()


def judge(seen: Seen, claim: Claim) -> list[Finding]:
    """Everything doubtful; empty when the link holds."""
    gone = _gone(seen)
    if gone:
        return [gone, *_duplicate(claim)]
    return [*_place(seen, claim.hosts), *_day(seen, claim.duties), *_words(seen.page, claim), *_duplicate(claim)]


def is_doubtful(findings: Sequence[Finding]) -> bool:
    return any(finding["severity"] == "warning" for finding in findings)


def date_in_path(url: str) -> date | None:
    """The day that many sites write into the address: …/202305/t20230506_1234.html, …/2023-05-06/…"""
    for found in _DATE_IN_PATH.finditer(urlsplit(url).path):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None


def _warning(code: str, message: str) -> Finding:
    return {"code": code, "severity": "warning", "message": message}


def _info(code: str, message: str) -> Finding:
    return {"code": code, "severity": "info", "message": message}


def _gone(seen: Seen) -> Finding | None:
    if seen.error:
        return _warning("dead", _("链接打不开：%s") % seen.error)
    if not 200 <= seen.status < 300:
        return _warning("dead", _("链接打不开：网站应答 %s") % seen.status)
    said = _GONE.search(seen.page.title) or (len(seen.page.text) < 300 and _GONE.search(seen.page.text))
    return _warning("dead", _("链接打不开：页面显示“%s”") % said[0].strip()) if said else None


def _place(seen: Seen, hosts: frozenset[str]) -> list[Finding]:
    asked, came = urlsplit(seen.url), urlsplit(seen.final_url)
    host = came.hostname or ""
    found = []
    to_front = len(asked.path.strip("/")) > 0 and not came.path.strip("/") and not came.query
    if _site(asked.hostname or "") != _site(host):
        found.append(_warning("redirected-away", _("链接跳转到了其他网站：%s") % host))
    elif to_front:
        found.append(_warning("redirected-away", _("链接跳转到了网站首页，原页面可能已删除")))
    if not hosts:
        found.append(_info("foreign-host", _("本县尚未登记网站，无法核对域名 %s") % host))
    elif host not in hosts:
        found.append(_warning("foreign-host", _("域名 %s 不在本县登记的网站之列") % host))
    return found


def _site(host: str) -> str:
    return host.removeprefix("www.")


def _day(seen: Seen, duties: Sequence[Duty]) -> list[Finding]:
    day = seen.published_on
    if day is None:
        return [_warning("no-date", _("页面上没有找到发布日期"))]
    early = [duty for duty in duties if day < duty.begin]
    late = [duty for duty in duties if day > duty.end]
    words = [
        _("发布日期 %(day)s 早于事项（%(key)s）的起始日 %(limit)s") % {"day": day, "key": duty.key, "limit": duty.begin}
        for duty in early
    ]
    words += [
        _("发布日期 %(day)s 晚于事项（%(key)s）的到期日 %(limit)s") % {"day": day, "key": duty.key, "limit": duty.end}
        for duty in late
    ]
    return [_warning("out-of-period", message) for message in words]


def _words(page: Page, claim: Claim) -> list[Finding]:
    if not page.text:  # a file: nothing to read
        return []
    found = []
    if claim.title and not _bears(page, claim.title):
        found.append(_warning("title-mismatch", _("页面标题为“%(page)s”，与填写的标题不符") % {"page": page.title}))
    for duty in claim.duties:
        telling = {pair for part in _NOT_TELLING.split(duty.text) for pair in _pairs(part)}
        if telling and sum(pair in page.text for pair in telling) < DUTY_SHARE * len(telling):
            message = _("页面上没有找到与事项（%s）有关的字词") % duty.key
            found.append(_warning("title-mismatch", message))
    return found


def _bears(page: Page, title: str) -> bool:
    wanted, own, text = _bare(title), _bare(page.title), _bare(page.text)
    if wanted in own or wanted in text or (len(own) > 3 and own in wanted):
        return True
    pairs = _pairs(wanted)
    return bool(pairs) and sum(pair in own for pair in pairs) >= TITLE_SHARE * len(pairs)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _pairs(text: str) -> set[str]:
    return {text[index : index + 2] for index in range(len(text) - 1)}


def _duplicate(claim: Claim) -> list[Finding]:
    if not claim.other_uses:
        return []
    return [_info("duplicate", _("同一链接也用于：%s") % "、".join(claim.other_uses[:5]))]
