"""公开时限: the time limit of a row as a structure, from the wordings of published catalogues."""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.core.catalogues.clauses import Clause, Limit, Period
from gongkai.core.catalogues.recurring import due_in, ended_in, every_ended, every_in
from gongkai.core.notices.folding import fold

# What a limit is counted from. The longest wording stands first: 形成或者变更 before 形成.
_STARTS = (
    (
        "formed_or_changed",
        r"(?:信息)?(?:形成|生成|产生)(?:或者?|、|和|与|/)?(?:变更|更新|变动)|(?:信息)?(?:变更|更新|变动)",
    ),
    ("made_or_obtained", r"(?:制作|编制)(?:或者?|、|/)?(?:获取|取得|收到)|(?:获取|取得)"),
    ("decision", r"(?:作出|做出|下达)?(?:行政)?(?:许可|处罚|审批|批准)?决定(?:作出|书?送达|下达)?"),
    ("approval", r"批准|批复|审批通过|核准|审定|审核通过"),
    ("issued", r"印发|发布|颁布|签发|公布|施行"),
    ("formed", r"(?:信息)?(?:形成|生成|产生)"),
    ("made", r"制作|编制"),
    ("finished", r"(?:工作|项目|事项|检查|调查|验收|评审|分配)?(?:完成|结束|竣工|办结|结案)"),
    ("made_or_obtained", r"收到|接到"),
)
_UNITS = {
    "工作日": "workday",
    "自然日": "day",
    "日": "day",
    "天": "day",
    "月": "month",
    "年": "year",
    "小时": "hour",
}
_DIGITS = {digit: at for at, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
# Not a day or month of the calendar (3月31日前, 2023年).
_LENGTH = (
    r"(?<![月年第\d])(\d{1,3}|[一二三四五六七八九十两]{1,3})个?(工作日|自然日|小时|(?<=个)月|年|日|天)(?![前底初])"
)
_SPAN = re.compile(rf"{_LENGTH}(以内|之内|内)?")
_DISPLAY = re.compile(
    rf"(?:公告|公示|公布|公开)(?:的)?(?:期限?|期间|时间)(?:为|是|不少于|不得少于|不低于|至少)*{_LENGTH}"
)
_DISPLAY_SHORT = re.compile(rf"(?:(?:公告|公示)(?:不少于|不得少于|满)?|不少于|不得少于|不低于){_LENGTH}(?!以?内|之内)")
_AHEAD = re.compile(rf"(?:提前|前)(?:至少|不少于|不得少于)?{_LENGTH}")  # before an event, not after one
_PIECES = re.compile(r"[；。\n]|，(?=但|涉及|属于|行政许可|行政处罚)|（(?=涉及|行政许可|行政处罚)|(?=其中)")
_WHEN = (("licence", "许可"), ("penalty", "处罚"))
_SOON = re.compile(r"及时|适时|即时|尽快|第一时间|随时|动态")
_REAL_TIME = re.compile(r"实时|当日|当天")
_STANDING = re.compile(r"永久|长期|常年|常态|持续|一直")


def read_limit(text: str) -> Limit:
    """The limit that the words say; 同上 must have been settled before."""
    text = text.strip()
    clauses: list[Clause] = []
    for piece in _PIECES.split(_joined(text)):
        clause = _clause(piece)
        if clause is None:
            continue
        bare_display = clause == Clause(display=clause.display)
        if clauses and bare_display:  # 及时公开；公告期限为5个工作日
            clauses[-1] = replace(clauses[-1], display=clause.display)
        elif clause not in clauses:
            clauses.append(clause)
    return Limit(text, tuple(clauses))


def _joined(text: str) -> str:
    """Folded, a line broken in the middle of a phrase put together again."""
    folded = fold(text)
    return re.sub(r"[ \t]+", "", re.sub(r"\s*\n\s*(?=[^\d①-⑩（])", "", folded))


def _clause(piece: str) -> Clause | None:
    piece = _AHEAD.sub("", piece)
    shown = _DISPLAY.search(piece) or _DISPLAY_SHORT.search(piece)
    rest = piece[: shown.start()] + piece[shown.end() :] if shown else piece
    display = _period(shown) if shown else None
    ended = ended_in(rest)
    after_end = _SPAN.search(ended["length"]) if ended else None
    if ended and after_end:
        return Clause(every=every_ended(ended), after_end=_period(after_end), display=display)
    span = _SPAN.search(rest)
    every = every_in(rest) if span is None or not span[3] else ""
    clause = Clause(
        when=tuple(key for key, word in _WHEN if word in rest) if span and _is_special(rest) else (),
        start=_start(rest) if span else "",
        period=_period(span) if span else None,
        as_soon_as=bool(_SOON.search(rest)) and span is None,
        real_time=bool(_REAL_TIME.search(rest)) and span is None,
        standing=bool(_STANDING.search(rest)) and span is None,
        every=every,
        due=due_in(rest, every),
        display=display,
    )
    return clause if clause != Clause() else None


def _is_special(text: str) -> bool:
    """Whether the words set a limit for licences or penalties alone."""
    return any(word in text for _key, word in _WHEN)


def _start(text: str) -> str:
    """What the days are counted from; days alone mean 条例 Article 26, formed or changed, of licences the decision."""
    found = next((key for key, words in _STARTS if re.search(words, text)), "")
    return found or ("decision" if _is_special(text) else "formed_or_changed")


def _period(match: re.Match[str]) -> Period | None:
    n = _number(match[1])
    return Period(n, _UNITS[match[2]]) if n else None


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
