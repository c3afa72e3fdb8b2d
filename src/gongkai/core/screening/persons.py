"""Names of people, only where something says so: a word before them (患者王建国), behind (王建国，男), or a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_MASKED_NAME = re.compile(r"[某ＸX*＊×○]")


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms in which a name is told to be one, and words that only look like names."""

    han: tuple[re.Pattern[str], ...]  # names that begin with a surname
    dotted: tuple[re.Pattern[str], ...]  # those and names with a dot between their parts
    words: frozenset[str]


@cache
def _forms() -> _Forms:
    data = yaml.safe_load(files(__package__).joinpath("names.yaml").read_text("utf-8"))
    return _Forms(_patterns(data, dotted=False), _patterns(data, dotted=True), frozenset(data["words"]))


def _patterns(data: dict[str, Any], *, dotted: bool) -> tuple[re.Pattern[str], ...]:
    """A word before the name, a description behind it, a row that it begins.

    All but the first begin with the set of characters a name begins with, which the scanner looks for at full speed; so
    what must stand before such a name is asked behind its first character.
    """
    first, rest = _name(data, dotted=dotted)
    before, after, offices = ("|".join(data[kind]) for kind in ("before", "after", "offices"))
    labelled = rf"(?:{before})(?:姓名)?[：:\s为]{{0,3}}(?P<name>{first}{rest})(?=[\s，,、：:（(；;。]|$|\d|{after})"
    described = (
        rf"(?P<name>{first}{rest})(?="
        r"\s?[（(，,、]\s?(?:男|女|\d{1,3}岁|\d{4}年\d{1,2}月(?:\d{1,2}日)?(?:出)?生|[一二三四五六]年级|[大中小]班|\d{11}"
        r"|诊断|确诊|病种|身份证|现年|系|住|家住|公民身份)"
        r"|[（(][^（）()\n]{0,12}[癌瘤病炎症残]|(?:因|身|罹)?患有?|[因被]?(?:确诊|诊断)"
        r"|(?:一家|家庭|户)?(?:每月|享受|领取)|\s*(?:同志|先生|女士|同学|小朋友)|\s+(?:男|女)\s)"
    )
    begins = r"(?:(?<=^.)|(?<=[\t\n \u3000、；;：:].)|(?<=\d[\t \u3000.、,，].))"  # of a line or cell, or behind a gap
    alone = rf"(?P<name>{first}{begins}{rest})(?=\t|[ \u3000]+\S|[，,、]\s?(?!(?:{offices}))\S)"  # and more behind it
    return re.compile(labelled), re.compile(described), re.compile(alone, re.MULTILINE)


def _name(data: dict[str, Any], *, dotted: bool) -> tuple[str, str]:
    """The first character of a name and the rest of it.

    A surname and one or two characters, or (dotted) the parts of a name of another nationality around a dot.
    """
    surnames, given = data["surnames"].replace(" ", ""), rf"(?:[\u4e00-\u9fff](?<![{data['not_given']}]))"
    double = "|".join(f"(?<={name[0]}){name[1]}" for name in data["double"])
    rest = rf"(?:{double}){given}{{1,2}}|(?<=[{surnames}]){given}{{1,2}}"
    if not dotted:
        return f"[{surnames}{''.join(name[0] for name in data['double'])}]", f"(?:{rest})"
    other = rf"(?<![{data['not_given']}]){given}{{0,5}}[·•]{given}{{1,8}}"
    return r"[\u4e00-\u9fff]", f"(?:{rest}|{other})"


def find_person(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The first name of a person in the stretch, None when nothing says that there is one."""
    return next(_names(text, start, end), None)


def mask_names(text: str) -> str:
    """The stretch with every name as 姓**."""
    for start, end in sorted(set(_names(text, 0, len(text))), reverse=True):
        text = text[: start + 1] + "**" + text[end:]
    return text


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    forms = _forms()
    dotted = text.find("·", start, end) >= 0 or text.find("•", start, end) >= 0
    for form in forms.dotted if dotted else forms.han:
        for match in form.finditer(text, start, end):
            name = match["name"]
            if not _MASKED_NAME.search(name) and name not in forms.words and name[:2] not in forms.words:
                yield match.span("name")
