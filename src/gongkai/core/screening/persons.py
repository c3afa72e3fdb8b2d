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
    """The forms in which a name is told to be one, and what only looks like one."""

    han: tuple[re.Pattern[str], ...]  # names that begin with a surname
    dotted: tuple[re.Pattern[str], ...]  # those and names with a dot between their parts
    opening: re.Pattern[str]  # a clause begins with it, and nothing more says that it is one
    next_one: re.Pattern[str]  # in a list, behind a name
    office: re.Pattern[str]  # behind the name of somebody who is named for it
    gives: re.Pattern[str]  # behind the names of those who come to help
    words: frozenset[str]
    rare: frozenset[str]  # surnames
    beginnings: frozenset[str]  # of all common words that begin with a surname


@cache
def _forms() -> _Forms:
    data = _load("names.yaml")
    data["surnames"] += data["rare"]
    first, rest = _name(data, dotted=False)
    next_one = (
        rf"(?:[（(][^（）()\n]{{0,16}}[）)])?(?:[、和及与]|[ \u3000]+)(?P<name>{first}{rest})"
        r"(?=[、，,。；;：: \u3000\t\n（(等和及与两三四五六]|$)"
    )
    office = (
        r"(?:(?:[（(，,]|\s)\s?(?:[男女][，,]\s?)?(?![由经被在到向找为]|指导)[^，,。；;\n]{0,12}?)?"
        rf"(?:{'|'.join(data['offices'])})"
    )
    return _Forms(
        _patterns(data, dotted=False),
        _patterns(data, dotted=True),
        _opening(data),
        re.compile(next_one),
        re.compile(office),
        re.compile(rf"(?:[、和][\u4e00-\u9fff]{{2,4}}?){{0,4}}(?:等.?[人位名])?(?:{'|'.join(data['gives'])})"),
        frozenset(data["words"]),
        frozenset(data["rare"]),
        frozenset(surname + character for surname, line in _load("beginnings.yaml").items() for character in line)
        - frozenset(data["double"]),
    )


def _load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(files(__package__).joinpath(name).read_text("utf-8"))
    return data


def _opening(data: dict[str, Any]) -> re.Pattern[str]:
    """Somebody of whom a clause speaks: nothing behind makes a place of it or somebody at his work."""
    first, rest = _name(data, dotted=False)
    begins = r"(?<![\w、《].)"
    does = rf"(?!{'|'.join(data['acts'])})"
    shorter = rf"(?!.(?:{'|'.join(act for act in data['acts'] if len(act) > 1)}|[说讲捐]))"  # 王刚介绍 is no 王刚介
    return re.compile(rf"(?P<name>{first}{begins}{shorter}(?>{rest}))(?![{data['places']}]){does}")


def _patterns(data: dict[str, Any], *, dotted: bool) -> tuple[re.Pattern[str], ...]:
    """A word before the name, a description behind it, a row that it begins.

    All but the first begin with the set of characters a name begins with, which the scanner looks for at full speed; so
    what must stand before such a name is asked behind its first character.
    """
    first, rest = _name(data, dotted=dotted)
    usual = _usual(data)
    after, offices = ("|".join(data[kind]) for kind in ("after", "offices"))
    before = "|".join((*data["before"], *data["for_whom"]))
    ends = rf"(?=[\s，,、：:（(；;。]|$|\d|{after})"
    free = rf"(?P<free>(?>{rest}))(?![{data['places']}])"  # no more said: the beginning of no common word
    labelled = rf"(?:{before})(?:姓名)?[：:\s为有]{{0,3}}(?P<name>{first}(?:{usual}|{rest}{ends}|{free}))"
    described = (
        rf"(?P<name>{first}{rest})(?="
        r"\s?[（(，,、]\s?(?:男|女|\d{1,3}岁|\d{4}年\d{1,2}月(?:\d{1,2}日)?(?:出)?生|[一二三四五六]年级|[大中小]班|\d{11}"
        r"|诊断|确诊|病种|身份证|现年|系|住|家住|公民身份|(?:视力|听力|言语|智力|精神|肢体|多重)残疾)"
        rf"|[（(](?![^（）()\n]{{0,16}}(?:{offices}))[^（）()\n]{{0,12}}(?:{'|'.join(data['ill'])})"
        r"|[（(][^（）()\n]{0,12}[）)][，,]\s?\d{1,2}周?岁|(?:因|身|罹)?患(?![者儿难])有?|[因被]?(?:确诊|诊断)"
        r"|(?:一家|家庭|户)?(?:每月|享受|领取)|\s*(?:同志|先生|女士|同学|小朋友)|\s+(?:男|女)\s)"
    )
    begins = r"(?:(?<=^.)|(?<=[\t\n \u3000、；;：:].)|(?<=\d[\t \u3000.、,，].))"  # of a line or cell, or behind a gap
    alone = (  # and more behind it
        rf"(?P<name>{first}{begins}{rest})"
        rf"(?=\t|[ \u3000]+\S|户?[，,、]\s?(?!(?:{offices}))\S|[：:][^，。\s]{{2,10}}\d|\s?-\s?\d)"
    )
    return (
        re.compile(labelled),
        re.compile(described),
        re.compile(alone, re.MULTILINE),
    )


def _usual(data: dict[str, Any]) -> str:
    """The rest of a name of three characters that names usually have: nothing behind it must say that it is one."""
    given = f"[{data['given'].replace(' ', '')}]"
    double = "|".join(f"(?<={name[0]}){name[1]}" for name in data["double"])
    return rf"(?:(?:{double}){given}{{1,2}}|(?<=[{data['surnames'].replace(' ', '')}]){given}{{2}})"


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


def people(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The names in the stretch for which something says that they are names, in order."""
    return sorted(set(_names(text, start, end)))


def mask_names(text: str) -> str:
    """The stretch with every name as 姓**."""
    for start, end in reversed(people(text, 0, len(text))):
        text = text[: start + 1] + "**" + text[end:]
    return text


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    forms = _forms()
    dotted = text.find("·", start, end) >= 0 or text.find("•", start, end) >= 0
    for form in forms.dotted if dotted else forms.han:
        for match in form.finditer(text, start, end):
            if match.groupdict().get("free") is None or match["name"][:2] not in forms.beginnings:
                yield from _row(match, forms, end)
    for match in forms.opening.finditer(text, start, end):
        if match["name"][:2] not in forms.beginnings:
            yield from _row(match, forms, end)


def _row(match: re.Match[str], forms: _Forms, end: int) -> list[tuple[int, int]]:
    """The name and those that follow it in a list; none when they are those who help."""
    text, names = match.string, []
    found: re.Match[str] | None = match
    while found and _is_name(found["name"], forms) and not _in_office(text, *found.span("name"), end, forms):
        names.append(found.span("name"))
        found = forms.next_one.match(text, names[-1][1], end)
    return [] if names and forms.gives.match(text, names[-1][1], end) else names


def _is_name(name: str, forms: _Forms) -> bool:
    if _MASKED_NAME.search(name) or name in forms.words or name[:2] in forms.words:
        return False
    return name[0] not in forms.rare or name[:2] not in forms.beginnings


def _in_office(text: str, start: int, last: int, end: int, forms: _Forms) -> bool:
    """Whether an office follows; 李响老 is 李响 and the beginning of one."""
    return bool(forms.office.match(text, last, end)) or (
        last - start > 2 and bool(forms.office.match(text, last - 1, end))
    )
