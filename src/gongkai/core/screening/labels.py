"""What the words around a number say it is."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

_NEAR = 16  # code points before a number in which its label stands
_FAR = 30
_FULL = r"(?:\d{11}|\d{17}[\dXx])"  # behind or before a slash: the next of a list, not a part of an index number
_FULL_BEFORE = re.compile(rf"(?<![A-Za-z0-9]){_FULL}[/／]$")


@cache
def _words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load(files(__package__).joinpath("labels.yaml").read_text("utf-8"))
    return found


@cache
def _anywhere(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _words()[kind])))


@cache
def _label_of_other() -> re.Pattern[str]:
    """The label of something else, then at most a few signs and the first parts of its number (HT-2023-)."""
    return re.compile(
        rf"(?:{'|'.join(map(re.escape, _words()['other']))})"
        r"[号码为是：:\s（(〔\[【第\-]{0,6}(?:[A-Za-z0-9]{1,8}[-—_.]){0,4}[A-Za-z]{0,6}$"
    )


@cache
def _unit() -> re.Pattern[str]:
    units = "|".join(map(re.escape, _words()["unit_after"]))
    return re.compile(rf"(?:\.\d{{1,2}})?[ \u3000]?(?:{units})|号(?!码|楼)|[/／](?!{_FULL}(?!\d))\d")


@cache
def _money() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, _words()['amount_before']))})[为共约计达：:\s]{{0,3}}$")


@cache
def _office() -> re.Pattern[str]:
    """A telephone named by its service (监督电话), or by the body it belongs to (县民政局：)."""
    services, bodies = ("|".join(map(re.escape, _words()[kind])) for kind in ("service", "body"))
    return re.compile(
        rf"(?:(?:{services})(?:电话|热线)?(?:号码)?|(?:{bodies})(?:联系|固定)?(?:电话)?)"
        r"[)）]?[为是由：:，,\s]{0,3}(?:[\d-]{3,13}[、，,；;/／]\s?)?[(（]?(?:0\d{2,3}[)）]?\W?)?$"
    )


def of_an_office(text: str, start: int) -> bool:
    """Whether what stands before the telephone number says that it is one of an office, which are public.

    政府信息公开条例第二十条第二项: 办公地址、联系方式. Another number (12345、) and the area code may stand between.
    """
    return _office().search(text, max(0, start - _FAR), start) is not None


def labelled(kind: str, text: str, start: int) -> bool:
    """Whether a label of this kind stands before the number, on its line."""
    low = max(0, start - (_FAR if kind in ("passport", "permit") else _NEAR))
    line = text.rfind("\n", low, start)
    return _anywhere(kind).search(text, max(low, line + 1), start) is not None


def of_something_else(text: str, start: int, end: int) -> bool:
    """Whether the number is labelled as the number of something else, an amount, or a part of a longer one."""
    low = max(0, start - _FAR)
    before = text[low:start]
    if before and before[-1] in "/／" and before[-2:-1].isalnum() and not _FULL_BEFORE.search(before):
        return True
    if len(before) > 1 and before[-1] == "." and before[-2].isdigit():
        return True
    return bool(_label_of_other().search(before) or _money().search(before) or _unit().match(text, end, end + _FAR))
