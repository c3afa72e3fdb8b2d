"""Prompts to look at a file as a whole: themes, coordinates, maps (4.4, 4.5). The machine knows no secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gongkai.core.documents import Document
from gongkai.core.screening.aggregation.kinds import data
from gongkai.core.screening.model import Category, Finding, Severity

_REVIEW_NUMBER = re.compile(r"审图号|审图编号|[国GＧ][ＳS]?[（(]\d{4}[）)]\s*\d+号")
_NEAR = 200  # code points between a coordinate and a word of a theme


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: so many mentions of its words in what is published ask for a look."""

    id: str
    label: str
    words: re.Pattern[str]
    threshold: int


@dataclass(frozen=True, slots=True)
class _Declared:
    themes: tuple[Theme, ...]
    coordinate: re.Pattern[str]
    maps: re.Pattern[str]
    decimals: int


@cache
def _declared() -> _Declared:
    raw = data("themes.yaml")
    decimals = int(raw["coordinate_decimals"])
    # Longitudes and latitudes of China.
    number = rf"(?:1[0-3]\d|[7-9]\d|[1-5]\d|[3-9])\.\d{{{decimals + 1},}}"
    return _Declared(
        themes=tuple(
            Theme(row["id"], row["label"], re.compile("|".join(map(re.escape, row["words"]))), row["threshold"])
            for row in raw["themes"]
        ),
        coordinate=re.compile(rf"(?<![\d.]){number}(?!\d)"),
        maps=re.compile("|".join(map(re.escape, raw["maps"]))),
        decimals=decimals,
    )


def mentions(document: Document) -> dict[str, list[int]]:
    """Where each theme's words stand."""
    found = {theme.id: [match.start() for match in theme.words.finditer(document.text)] for theme in _declared().themes}
    return {theme: places for theme, places in found.items() if places}


def volume(document: Document, earlier: dict[str, int], *, dated: bool) -> Iterator[Finding]:
    """Themes that reach their threshold in this file, or with it: `earlier` counts what the files before it hold.

    dated: those files are known to be of the last twelve months.
    """
    before_it = "此前十二个月的文件" if dated else "此前文件"
    for theme, places in mentions(document).items():
        rule = next(each for each in _declared().themes if each.id == theme)
        before = earlier.get(theme, 0)
        if before + len(places) >= rule.threshold:
            yield _prompt(
                "aggregation-volume",
                places[0],
                f"“{rule.label}”类内容本文件{len(places)}处、{before_it}{before}处，合计达到提示数{rule.threshold}",
                "请会同保密工作机构研判汇总后是否不宜公开；本提示不等于认定涉密",
            )


def coordinates(document: Document) -> Iterator[Finding]:
    """The first coordinate that is too fine near a word of a theme."""
    near = sorted(at for places in mentions(document).values() for at in places)
    for match in _declared().coordinate.finditer(document.text) if near else ():
        if any(abs(at - match.start()) <= _NEAR for at in _around(near, match.start())):
            said = f"重要目标附近出现精确到小数点后{_declared().decimals}位以上的坐标"
            found = _prompt("aggregation-coordinates", match.start(), said, "请删去坐标，或改为乡镇一级的位置")
            yield found
            return


def _around(places: list[int], at: int) -> list[int]:
    from bisect import bisect

    where = bisect(places, at)
    return places[max(0, where - 1) : where + 1]


def maps(document: Document) -> Iterator[Finding]:
    """A map is named, pictures are in the file, and no review number stands anywhere."""
    named = _declared().maps.search(document.text)
    pictures = any("图片" in what or "图形" in what for what in document.not_examined)
    if named and pictures and not _REVIEW_NUMBER.search(document.text):
        yield _prompt(
            "aggregation-map",
            named.start(),
            "含地图而未见审图号",
            "公开地图须标注审图号；不是地图的，请说明后保留",
            Severity.HINT,
        )


def _prompt(rule: str, at: int, message: str, suggestion: str, severity: Severity = Severity.CONFIRM) -> Finding:
    return Finding(rule, Category.AGGREGATION, severity, at, at, "", message, suggestion)
