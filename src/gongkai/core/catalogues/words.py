"""What the words of a catalogue mean: headings, marks, channels and fields, from the tables beside this module."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from gongkai.core.notices.folding import fold, squeeze

_BRACKETED = re.compile(r"[（〔][^（）〔〕]*[）〕]")


@dataclass(frozen=True, slots=True)
class Field:
    """领域. ministry: who issued its guidelines; origin: V found in published catalogues, R recalled."""

    key: str
    name: str
    ministry: str
    origin: str
    aliases: tuple[str, ...] = ()


def _table(name: str) -> Any:
    return yaml.safe_load(files(__package__).joinpath(name).read_text("utf-8"))


@cache
def fields() -> tuple[Field, ...]:
    """The 26 pilot fields, in the order of the State Council's list."""
    return tuple(Field(**(row | {"aliases": tuple(row.get("aliases", ()))})) for row in _table("fields.yaml"))


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = _table("words.yaml")
    return words


def field_in(text: str) -> Field | None:
    """The field that a title, a sheet's name or a cell names: the longest name found in it."""
    spelled = spelling(text)
    named = [(len(name), one) for one in fields() for name in (one.name, *one.aliases) if name in spelled]
    return max(named, key=lambda pair: pair[0])[1] if named else None


def spelling(text: str) -> str:
    return squeeze(fold(text)).strip("：:")


@cache
def _columns() -> dict[str, str]:
    return {spelling(word): name for name, words in _words()["columns"].items() for word in words}


def column_of(heading: str) -> str | None:
    """What a column holds by its heading, None when no catalogue is headed so."""
    spelled = spelling(heading)
    return _columns().get(spelled) or _columns().get(spelling(_BRACKETED.sub("", spelled)))


@cache
def _choices(group: str) -> dict[str, str]:
    return {spelling(word): name for name, words in _words()["choices"][group].items() for word in words}


def choice_of(group: str, words: str) -> tuple[str, ...]:
    """What a heading or a cell of 公开对象, 公开方式 or 公开层级 chooses; () when it is none of the known ones."""
    spelled = spelling(_BRACKETED.sub("", fold(words)))
    found = _choices(group).get(spelled)
    return (found,) if found else _levels(spelled) if group == "level" else ()


def _levels(spelled: str) -> tuple[str, ...]:
    """The levels that one word names together: 乡、村级, 县乡级, 市、县、乡三级."""
    names: dict[str, str] = _words()["levels"]
    one = "|".join(names)
    if not re.fullmatch(rf"(?:(?:{one})[级、，/及和与两三四]*)+", spelled):
        return ()
    return tuple(dict.fromkeys(names[name] for name in re.findall(one, spelled)))


def group_of(words: str) -> str | None:
    """The group whose second header row has such a heading."""
    return next((group for group in ("audience", "mode", "level") if choice_of(group, words)), None)


def mark(text: str) -> bool | None:
    """Whether a cell's mark chooses (√, ■) or not (□, blank); None when the cell says something else."""
    squeezed = squeeze(text)
    if not squeezed or squeezed in _words()["not-chosen"]:
        return False
    return True if squeezed in _words()["chosen"] else None


@cache
def _signs() -> tuple[frozenset[str], frozenset[str]]:
    """The signs beside a name that choose it, and those that do not."""
    chosen, unchosen = (
        frozenset(sign for sign in _words()[kind] if not re.match(r"[\w\-—－/╱]", sign))
        for kind in ("chosen", "not-chosen")
    )
    return chosen, unchosen


def _misread(text: str) -> str:
    """Letters and 口 before a channel's name as the signs that they stand for."""
    for kind, sign in (("chosen", "■"), ("not-chosen", "□")):
        for letter in _words()["letters"][kind]:
            apart = r"(?<=\s)" if letter in "口t" else r"(?<![A-Za-z0-9])"
            text = re.sub(rf"(?:^|{apart}){letter}[ \t]*(?=[一-龥12])", sign, text)
    return text


def marked(text: str) -> list[tuple[bool, str]] | None:
    """Names with whether their sign chooses them: √全社会 □特定群众, 政府网站√, 【√】政府网站 【 】政府公报.

    None where there is no sign at all.
    """
    chosen, unchosen = _signs()
    signs = re.escape("".join(sorted(chosen | unchosen)))
    folded = _misread(fold(text).strip())
    if re.search(rf"[（〔]\s*[{signs}]\s*[）〕]", folded):
        folded = re.sub(rf"[（〔]\s*([{signs}]?)\s*[）〕]", lambda found: found[1] or "□", folded)
    if not re.search(rf"[{signs}]", folded):
        return None
    if folded[0] not in chosen | unchosen and folded[-1] in chosen | unchosen:
        pairs = [(sign, name) for name, sign in re.findall(rf"([^{signs}]*)([{signs}]+)", folded)]
    else:
        pairs = re.findall(rf"([{signs}]+)([^{signs}]*)", folded)  # √□政府网站: ticked over the printed box
    return [(bool(chosen & set(sign)), name.strip().strip("、，；。")) for sign, name in pairs]


@cache
def channels() -> dict[str, str]:
    """Channel as printed (folded) -> its key; the longest first."""
    pairs = [(spelling(word), key) for key, words in _words()["channels"].items() for word in words]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


def channel_name(key: str) -> str:
    """A channel in the guidelines' own words."""
    return str(_words()["channels"][key][0])


def channel_keys() -> tuple[str, ...]:
    """The channels in the guidelines' order, those of single fields last."""
    return tuple(_words()["channels"])


def is_same(text: str) -> bool:
    """同上: the cell has what the cell above it has."""
    return squeeze(text) in {squeeze(word) for word in _words()["same-as-above"]}
