"""The frame of a notice: its title, number, issuer and year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.core.notices import enumerators
from gongkai.core.notices.bodynames import is_body, is_selector
from gongkai.core.notices.folding import fold, join_lines, squeeze

_NUMBER = re.compile(r"[一-龥]{2,14}〔\s*(?P<year>\d{4})\s*〕\s*第?\s*\d+\s*号")
_NUMBER_LOOSE = re.compile(r"[一-龥]{2,14}[（〔]\s*(?P<year>\d{4})\s*[）〕]\s*第?\s*\d+\s*号")
_TITLE = re.compile(r"[^\s，。；：《》（）、]{0,60}关于[^，。；：]{2,120}?的(?:通知|意见|决定|函|公告|方案|通报)")
_KINDS = (
    "任务分解表|分解表|任务分解|责任分解|任务分工表|工作要点|要点|主要任务|重点任务|工作任务|任务清单|实施方案|工作方案|行动计划|行动方案|工作计划|分工方案|任务分工"
    "|清单|方案|计划|台账|工作安排|任务表|分工表|责任表|安排表|一览表|推进表|配档表"
)
_ANNEX = re.compile(rf"[^\s，。；：《》（）]{{2,60}}?(?:{_KINDS})(?:的通知)?(?:（[^）]*）)?")
_DATE = re.compile(r"(\d{4})\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_ORGAN = r"[一-龥]{2,30}?(?:人民政府|政府|办公室|办公厅|委员会|管委会|局|厅|委|中心)"
_SIGNED = re.compile(rf"(?:^|[\s。）])({_ORGAN})\s*(?:\d{{4}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日)")
_ANNEX_MARK = re.compile(r"^附\s*件(?:\s|：|:|\d{1,2}(?![\d年]))*")
_FILE_NAME = re.compile(r"\.(?:docx?|pdf|xlsx?|wps|html?)$", re.IGNORECASE)
_YEAR = re.compile(r"(20\d\d)\s*年")
_HAN_YEAR = re.compile(r"二[〇○零]([〇○零一二三四五六七八九])([〇○零一二三四五六七八九])年")
_HAN_DIGITS = {digit: max(at - 2, 0) for at, digit in enumerate("〇○零一二三四五六七八九")}
_TITLE_LINES = 5


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the plan."""

    title: str
    document_number: str | None
    issuer: str | None
    year: int | None


def read_frame(lines: Sequence[str]) -> Frame:
    """The frame, from the paragraphs in front of the plan."""
    title = _title(lines)
    number, number_year = _document_number(lines)
    year = _year_in(title) or number_year or _signed_year(lines) or next(filter(None, map(_year_in, lines)), None)
    return Frame(title, number, _issuer(title, lines), year)


def _title(lines: Sequence[str]) -> str:
    """A title over several lines is joined; a page's text around it is left out; else the title of the annex."""
    lines = [_ANNEX_MARK.sub("", line.strip()) for line in lines]
    for at in range(len(lines)):
        for count in range(1, _TITLE_LINES + 1):
            joined = squeeze("".join(lines[at : at + count]))
            if any(_ends_block(line) for line in lines[at : at + count]) or len(joined) > 150:
                break
            if _TITLE.fullmatch(fold(joined)) or (
                count > 1 and re.search(r"关于.+的(?:通知|意见|函|决定)$", fold(joined))
            ):
                return joined
    for line in lines:
        for match in _TITLE.finditer(fold(line)):
            if "《" not in line[: match.start()].rpartition("》")[2]:
                return _issued(line[: match.start()]) + _after_number(squeeze(line[match.start() : match.end()]))
    annexes = [line for line in lines if _is_annex(line)]
    inline = (match.group() for line in lines for match in _ANNEX.finditer(fold(line)) if len(line) > 80)
    return squeeze(annexes[-1]) if annexes else next((each for each in reversed(list(inline)) if _year_in(each)), "")


def _issued(before: str) -> str:
    """The organ that stands apart in front of 关于, "" when there is none."""
    words = before.split()
    return words[-1] if words and before[-1:].isspace() and is_body(words[-1]) else ""


def _after_number(title: str) -> str:
    """A title without the document number that runs into it."""
    match = _NUMBER.match(fold(title))
    return title[match.end() :] if match else title


def _ends_block(line: str) -> bool:
    folded = fold(line.strip())
    return folded.endswith(("：", "。")) or bool(_NUMBER.fullmatch(squeeze(folded))) or bool(enumerators.parse(folded))


def _is_annex(line: str) -> bool:
    folded = squeeze(fold(line))
    return bool(_ANNEX.fullmatch(folded)) and not _FILE_NAME.search(folded) and not enumerators.parse(folded)


def _document_number(lines: Sequence[str]) -> tuple[str | None, int | None]:
    """The notice's own number, a line of its own; numbers in brackets are those of cited documents."""
    for line in lines:
        squeezed = squeeze(line)
        for pattern in (_NUMBER, _NUMBER_LOOSE):
            if match := pattern.fullmatch(fold(squeezed)):
                return squeezed, int(match["year"])
    for line in lines:
        folded = fold(line)
        for match in _NUMBER.finditer(folded):
            if folded[: match.start()][-1:] in ("", " ", "\t", "：", "号"):
                return squeeze(line[match.start() : match.end()]), int(match["year"])
    return None, None


def _issuer(title: str, lines: Sequence[str]) -> str | None:
    """The organ in front of 关于 in the title, else the one that signed."""
    before, about, _ = title.partition("关于") if "关于" in title else title.partition("關於")
    if about and before and is_body(before):
        return before
    for line in lines:
        if match := _SIGNED.search(fold(line)):
            return line[match.start(1) : match.end(1)]
    for line, after in zip(lines, [*lines[1:], ""], strict=False):
        name = squeeze(line)
        signed = bool(_DATE.fullmatch(squeeze(fold(after)))) or line is not lines[0]
        if signed and len(name) > 5 and re.fullmatch(_ORGAN, fold(name)) and not is_selector(name):
            return name
    return None


def _year_in(text: str) -> int | None:
    folded = fold(text)
    if match := _YEAR.search(folded):
        return int(match[1])
    if match := _HAN_YEAR.search(folded):
        return 2000 + 10 * _HAN_DIGITS[match[1]] + _HAN_DIGITS[match[2]]
    return None


def _signed_year(lines: Sequence[str]) -> int | None:
    for line in lines:
        if match := _DATE.fullmatch(squeeze(fold(line))) or re.search(_SIGNED.pattern, fold(line)):
            return _year_in(match.group())
    return None


def tidy(lines: Sequence[str]) -> list[str]:
    """Lines without the blank ones."""
    return [join_lines(line) for line in lines if line.strip()]
