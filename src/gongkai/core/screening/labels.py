"""What the words around a number say it is."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

_NEAR = 16  # code points before a number in which its label stands
_FAR = 30
_LISTED = 80  # documents without check digits: their label may stand before a list of them
_LABEL_LINE = 16  # code points of a line that may be nothing but the label of the next
_LABEL_END = 9  # its last ones, in which the label stands (护照号码：)
# Behind or before a slash: the next of a list, not a part of an index number.
_FULL = r"(?:1\d{10}|\d{15,16}|\d{17,18}[\dXx]|0\d{2,3}[-— ]?\d{7,8}|\d{3,4}(?:[ -]\d{3,4}){2,4})"
_PART_BEHIND = re.compile(rf"[/／](?!{_FULL}(?!\d))\d")
_FULL_BEFORE = re.compile(rf"(?<![A-Za-z0-9]){_FULL}[/／]$")
# 水表号, 立案号: a number of anything but telephones, identities, cards, accounts and people. What stands before is
# asked behind the first character, which the scanner looks for at full speed.
_NUMBER_OF_THINGS = (
    r"号(?<=[\u4e00-\u9fff]号)(?<![机话电证份件卡账帐户信系人方名本同位的明长短主小一二三四五六七八九十]号)"
)


@cache
def words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load(files(__package__).joinpath("labels.yaml").read_text("utf-8"))
    return found


@cache
def _anywhere(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words()[kind])))


@cache
def _label_of_other() -> re.Pattern[str]:
    """The label of something else, then at most a few signs and the first parts of its number (HT-2023-)."""
    return re.compile(
        rf"(?:{'|'.join(map(re.escape, words()['other']))}|{_NUMBER_OF_THINGS})"
        r"[号码为是：:\s（(〔\[【第\-]{0,6}(?:[A-Za-z0-9]{1,8}[-—_.]){0,4}[A-Za-z]{0,6}$"
    )


@cache
def _unit() -> re.Pattern[str]:
    units = "|".join(map(re.escape, words()["unit_after"]))
    counted = rf"(?:\.\d{{1,2}})?[ \u3000]?(?:{units})(?![民主籍口员])"
    return re.compile(rf"{counted}|\.\d{{2}}(?![\d.年月日])|号(?!码|楼)|{_PART_BEHIND.pattern}")


@cache
def _money() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{'|'.join(map(re.escape, words()['amount_before']))})(?:[（(]?[万亿]?元[）)]?)?[为共约计达：:\s]{{0,3}}$"
    )


def labelled(kind: str, text: str, start: int) -> bool:
    """Whether a label of this kind stands before the number, on its line or as the line above."""
    low = max(0, start - (_LISTED if kind in ("passport", "permit") else _NEAR))
    line = text.rfind("\n", low, start) + 1
    if line and not text[line:start].strip():
        above = text.rfind("\n", 0, line - 1) + 1
        if line - above <= _LABEL_LINE:
            low = line = max(above, line - _LABEL_END)
    return _anywhere(kind).search(text, max(low, line), start) is not None


def _is_part(character: str) -> bool:
    return character.isascii() and character.isalnum()


def is_cut_by_a_slash(text: str, end: int) -> bool:
    """003012345/2023-00012: what stands behind the slash is no number of its own."""
    return _PART_BEHIND.match(text, end) is not None


def has_label_of_other(text: str, start: int) -> bool:
    """Whether the number is labelled as the number of something else."""
    return _label_of_other().search(text, max(0, start - _FAR), start) is not None


def is_numbered_by_day(text: str, digits: str, start: int) -> bool:
    """办件编号：110101 20210901 0981: county and day of a record; one in eleven passes for the ID of a child.

    Taxpayers (识别号) are numbered by their IDs.
    """
    return digits[6:8] == "20" and has_label_of_other(text, start) and not labelled("organisation", text, start)


def of_something_else(text: str, start: int, end: int) -> bool:
    """Whether the number is labelled as the number of something else, an amount, or a part of a longer one."""
    low = max(0, start - _FAR)
    before = text[low:start]
    if before and before[-1] in "/／" and _is_part(before[-2:-1]) and not _FULL_BEFORE.search(before):
        return True
    if len(before) > 1 and before[-1] == "." and before[-2].isdigit():
        return True
    return bool(has_label_of_other(text, start) or _money().search(before) or _unit().match(text, end, end + _FAR))
