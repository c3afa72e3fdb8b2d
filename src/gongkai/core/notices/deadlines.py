"""When an item falls due: the expressions of a deadline cell (8月底前, 全年) and of running text (…于2023年8月底前…).

底前 and 月底 include the last calendar day; 8月前 ends with July. What names no end (持续推进) has no due date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from gongkai.core.notices.enumerators import han_number
from gongkai.core.notices.folding import fold, join_lines
from gongkai.core.notices.model import Deadline, Recurrence

_DIGITS = "〇零○一二三四五六七八九"
_YEAR = rf"(?:(?P<year>\d{{4}}|[{_DIGITS}]{{4}})年?度?|(?P<era>今年?|本年度?|当年|明年|次年))"
_MONTH = r"(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月"
_DAY = r"(?P<day>\d{1,2})[日号]"
_BEFORE = r"(?P<before>之前|以前|前)?"
_DATES = (
    re.compile(r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})日?" + _BEFORE),
    re.compile(
        rf"(?:{_YEAR})?\d{{1,2}}月?份?(?:\d{{1,2}}日)?(?:至|到|—|-|~)(?:\d{{4}}年)?{_MONTH}份?"
        rf"(?:{_DAY})?(?P<end>底|末)?{_BEFORE}"
    ),
    re.compile(rf"(?:{_YEAR})?{_MONTH}{_DAY}{_BEFORE}"),
    re.compile(rf"(?:{_YEAR})?{_MONTH}份?(?P<end>底|末|上旬|中旬|下旬|初)?{_BEFORE}"),
    re.compile(rf"(?:{_YEAR})?第?(?P<quarter>[一二三四1-4])季度(?:底|末|内)?{_BEFORE}"),
    re.compile(rf"(?:{_YEAR})?(?P<half>上半年|下半年)(?:底|末|内)?{_BEFORE}"),
    re.compile(rf"(?:{_YEAR})?(?P<middle>年中){_BEFORE}"),
    re.compile(rf"(?:{_YEAR})?(?P<whole>全年|年度内|年终|年底|年末|年内){_BEFORE}"),
    re.compile(rf"{_YEAR}(?P<whole>底|末|内){_BEFORE}"),
    re.compile(r"(?P<year>20\d\d)(?P<whole>年度?)"),
)
_DAY_OF_TEN_DAYS = {"初": 10, "上旬": 10, "中旬": 20}
_RECURRENCES = (
    (Recurrence.MONTHLY, re.compile(r"每个?月|按月|逐月|每月度")),
    (Recurrence.QUARTERLY, re.compile(r"每个?季度?|按季度?|逐季")),
    (Recurrence.HALF_YEARLY, re.compile(r"每半年|按半年|半年一次")),
    (Recurrence.YEARLY, re.compile(r"每(?=年[底末])|每年度?|按年度?|逐年")),
)
_CONTINUOUS = re.compile(r"持续|长期|常态|经常|日常|常年|不间断|随时|实时|即时|动态|贯穿|常抓不懈")
# 6月启动、12月底前完成: a beginning is no deadline; nor is the date of something that exists already.
_BEGINNING = re.compile(r"^(?:开始|启动|起)")
_ATTRIBUTE = re.compile(r"^(?:(?:出台|印发|制定|发布|公布|形成|建成|成立|颁布|产生|存在)[^，。；]{0,4}的|已)")
# What may stand beside an expression of time in a deadline cell.
_BESIDE = re.compile(
    r"推进|坚持|完成|落实|实施|开展|公开|更新|进行|及时|即日起|至少|月末|末月|\d+[日次]|\d+个?(?:工作日|月|日|天)内"
    r"|[化并内于在以之前底年起至、，；（）：\s]"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An expression of time in a text: where it stands, what it says, and its last day (None when it names none)."""

    start: int
    end: int
    text: str
    due: date | None
    recurrence: Recurrence | None
    before: bool  # 前 is said: a deadline wherever it stands
    valid: bool = True  # False for a day that no calendar has


def read_cell(text: str, year: int | None) -> tuple[Deadline, list[Mention]]:
    """The deadline that a cell states, and the expressions it was read from; the strictest date counts.

    `year` is the year of the plan, for cells that name none.
    """
    printed = join_lines(text)
    if not printed.strip("—－-/／无 "):
        return Deadline(), []
    mentions = [each for each in mentions_in(printed, year) if not _BEGINNING.match(fold(printed[each.end :]))]
    dues = [mention.due for mention in mentions if mention.due]
    recurrence = next((mention.recurrence for mention in mentions if mention.recurrence), None)
    if recurrence is None and _CONTINUOUS.search(fold(printed)):
        recurrence = Recurrence.CONTINUOUS
    return Deadline(printed, min(dues, default=None), recurrence), mentions


def read_sentence(text: str, year: int | None) -> list[Mention]:
    """The deadlines that running text promises: dates with 前 (and 年内), and regular recurrences.

    A date before the plan's own year is history (2020年底前出台的文件), not a promise.
    """
    folded = fold(text)
    found = []
    for mention in mentions_in(text, year):
        after = folded[mention.end :]
        promised = mention.recurrence or mention.before or re.match(r"(?:按期)?(?:完成|实现|达到|建成)", after)
        past = year is not None and mention.due is not None and mention.due.year < year
        if promised and not past and not _ATTRIBUTE.match(after.removeprefix("前")):
            found.append(mention)
    return found


def is_deadline(text: str) -> bool:
    """Whether a text is wholly an expression of time, as a deadline cell is."""
    folded = fold(join_lines(text)).strip("。；，、 （）")
    if not folded or len(folded) > 24:
        return False
    rest = folded
    for mention in reversed(mentions_in(folded, 2000)):
        rest = rest[: mention.start] + rest[mention.end :]
    rest = _CONTINUOUS.sub("", rest)
    timed = rest != folded or re.search(r"\d+个?(?:工作日|月|日|天)内", folded)
    return bool(timed) and not _BESIDE.sub("", rest)


def mentions_in(text: str, year: int | None) -> list[Mention]:
    """Every expression of time in a text, in order; overlapping ones once, the longest."""
    folded = fold(text)
    found: list[Mention] = []
    for pattern in _DATES:
        for match in pattern.finditer(folded):
            if not any(match.start() < other.end and other.start < match.end() for other in found):
                found.append(_mention(match, text, year))
    for recurrence, pattern in _RECURRENCES:
        for match in pattern.finditer(folded):
            if not any(match.start() < other.end and other.start < match.end() for other in found):
                found.append(Mention(match.start(), match.end(), match.group(), None, recurrence, before=False))
    return sorted(found, key=lambda mention: mention.start)


def _mention(match: re.Match[str], text: str, year: int | None) -> Mention:
    parts = match.groupdict()
    before = bool(parts.get("before")) or parts.get("whole") in ("年内", "年度内")
    of = _year(parts, year)
    due, valid = None, True
    if of is not None:
        try:
            due = _last_day(parts, of)
        except ValueError:
            valid = False
    return Mention(match.start(), match.end(), text[match.start() : match.end()], due, None, before, valid)


def _year(parts: dict[str, str | None], year: int | None) -> int | None:
    if printed := parts.get("year"):
        return int("".join(str("0123456789".find(c) if c.isdigit() else max(_DIGITS.find(c) - 2, 0)) for c in printed))
    return year + 1 if year is not None and parts.get("era") in ("明年", "次年") else year


def _last_day(parts: dict[str, str | None], year: int) -> date:
    if month := parts.get("month"):
        return _day_of_month(year, _number(month), parts)
    if quarter := parts.get("quarter"):
        return _month_end(year, 3 * (_number(quarter)))
    if parts.get("half") == "上半年" or parts.get("middle"):
        return date(year, 6, 30)
    return date(year, 12, 31)


def _day_of_month(year: int, month: int, parts: dict[str, str | None]) -> date:
    if day := parts.get("day"):
        return date(year, month, int(day))
    end = parts.get("end")
    if end in _DAY_OF_TEN_DAYS:
        return date(year, month, _DAY_OF_TEN_DAYS[end])
    if parts.get("before") and not end:
        return _month_end(year - (month == 1), (month - 2) % 12 + 1)
    return _month_end(year, month)


def _number(printed: str) -> int:
    return int(printed) if printed.isdigit() else han_number(printed) or 0


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
