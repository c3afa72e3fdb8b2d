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

    patterns: tuple[re.Pattern[str], ...]
    words: frozenset[str]


@cache
def _forms() -> _Forms:
    data = yaml.safe_load(files(__package__).joinpath("names.yaml").read_text("utf-8"))
    name = _name(data)
    before, after = "|".join(data["before"]), "|".join(data["after"])
    labelled = rf"(?:{before})(?:姓名)?[：:\s为]{{0,3}}(?P<name>{name})(?=[\s，,、：:（(；;。]|$|\d|{after})"
    described = (
        rf"(?P<name>{name})(?=\s?[（(，,、]\s?(?:男|女|\d{{1,3}}岁|身份证|现年|系|住|家住|公民身份)"
        r"|\s*(?:同志|先生|女士|同学|小朋友)|(?:因|身)?患有?|被?(?:确诊|诊断)|每月|\s+(?:男|女)\s|享受|领取)"
    )
    # In a row: at its beginning or behind a gap, and more behind it.
    alone = rf"(?:^|(?<=[\t\n、；;])|(?<=\d[\t .、])|(?<=[\t ]))(?P<name>{name})(?=\t|[ \u3000]+\S|[，,、]\s?\S)"
    patterns = (re.compile(labelled), re.compile(described), re.compile(alone, re.MULTILINE))
    return _Forms(patterns, frozenset(data["words"]))


def _name(data: dict[str, Any]) -> str:
    """A surname and one or two characters, or the parts of a name of another nationality around a dot."""
    surnames = data["surnames"].replace(" ", "")
    given = rf"(?:[\u4e00-\u9fff](?<![{data['not_given']}]))"
    other = rf"{given}{{1,6}}[·•]{given}{{1,8}}"
    return rf"(?:(?:{'|'.join(data['double'])}){given}{{1,2}}|[{surnames}]{given}{{1,2}}|{other})"


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
    for form in forms.patterns:
        for match in form.finditer(text, start, end):
            name = match["name"]
            if not _MASKED_NAME.search(name) and name not in forms.words and name[:2] not in forms.words:
                yield match.span("name")
