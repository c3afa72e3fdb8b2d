"""Lexicons: words that must not stand in a published text, by CSV, of any size.

Columns (Chinese or English names, in any order): 词语 word, 类别 category, 级别 severity, 建议 suggestion,
生效日期 valid_from, 失效日期 valid_to, 例外 contexts. Only the word is needed. Category and severity are written as
in `Category` and `Severity` or in Chinese (规范用语, 待确认). `contexts` are longer strings, apart by |, in which the
word is right (行成 is right in 执行成本).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from gongkai.core.screening.model import Category, Severity

_COLUMNS = {
    "word": ("word", "词语", "词"),
    "category": ("category", "类别"),
    "severity": ("severity", "级别"),
    "suggestion": ("suggestion", "建议", "建议用语", "正确用语"),
    "valid_from": ("valid_from", "valid from", "from", "生效日期"),
    "valid_to": ("valid_to", "valid to", "to", "失效日期"),
    "contexts": ("contexts", "unless", "例外"),
}
_SPOKEN: dict[str, Category | Severity] = {
    "疑似国家秘密": Category.STATE_SECRET,
    "疑似工作秘密": Category.WORK_SECRET,
    "内部标志": Category.INTERNAL,
    "个人信息": Category.PERSONAL,
    "规范用语": Category.LEXICON,
    "疑似错字": Category.TYPO,
    "阻断": Severity.BLOCK,
    "待确认": Severity.CONFIRM,
    "提示": Severity.HINT,
}
_NAMES = {name: column for column, names in _COLUMNS.items() for name in names}
_LONGEST = 200  # code points of a word
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class LexiconError(ValueError):
    """A lexicon that cannot be used: one line in Chinese that names file, line and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One word; `valid_from` and `valid_to` (inclusive) bound the days on which it is found."""

    word: str
    category: Category = Category.LEXICON
    severity: Severity = Severity.HINT
    suggestion: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    contexts: tuple[str, ...] = ()

    def valid(self, on: date | None) -> bool:
        """Whether the word counts on that day; without a day every word does."""
        if on is None:
            return True
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words under one name; findings carry the rule id `lexicon:<name>`."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def rule(self) -> str:
        return f"lexicon:{self.name}"


@cache
def standard_lexicons() -> tuple[Lexicon, ...]:
    """The lexicons of this package: typing slips, names of bodies that are no more, wrong set phrases."""
    folder = files(__package__).joinpath("lexicons")
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".csv")), key=lambda entry: entry.name)
    return tuple(parse_lexicon(entry.read_text("utf-8"), entry.name) for entry in found)


def load_lexicon(path: Path | str) -> Lexicon:
    """The lexicon in the CSV file at `path`. LexiconError when it cannot be used."""
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LexiconError(f"{path}：词库打不开（{error.strerror}），请检查路径和权限") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return parse_lexicon(data.decode(encoding), path.name)
        except UnicodeDecodeError:
            continue
    raise LexiconError(f"{path.name}：编码无法识别，请另存为 UTF-8 的 CSV 后再试")


def parse_lexicon(text: str, name: str) -> Lexicon:
    """A lexicon from the text of a CSV file with a heading line."""
    entries: dict[str, Entry] = {}
    for read in _read(text, name):
        if isinstance(read, LexiconError):
            raise read
        entries[read.word] = read
    return Lexicon(Path(name).stem, tuple(entries.values()))


def lexicon_problems(text: str, name: str) -> list[str]:
    """Everything that keeps the text from being a lexicon, line by line; empty when `parse_lexicon` takes it."""
    return [str(read) for read in _read(text, name) if isinstance(read, LexiconError)]


def _read(text: str, name: str) -> Iterator[Entry | LexiconError]:
    """The entries, and in the place of a line that is none what is wrong with it."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        heading = [_NAMES.get(cell.strip().lower(), "") for cell in next(reader, [])]
        if "word" not in heading:
            yield LexiconError(f"{name} 第1行：缺少“词语”一列，首行应为：词语,类别,级别,建议,生效日期,失效日期")
            return
        for row in reader:
            if any(cell.strip() for cell in row):
                try:
                    yield _entry(dict(zip(heading, row, strict=False)), f"{name} 第{reader.line_num}行")
                except LexiconError as error:
                    yield error
    except csv.Error:
        yield LexiconError(f"{name} 第{reader.line_num}行：不是有效的 CSV，请检查引号")


def _entry(cells: dict[str, str], where: str) -> Entry:
    word = cells.get("word", "").strip()
    if not word:
        raise LexiconError(f"{where}：词语为空，请填写或删去这一行")
    if len(word) > _LONGEST:
        raise LexiconError(f"{where}：词语超过{_LONGEST}字，请缩短")
    first, last = _day(cells, "valid_from", where), _day(cells, "valid_to", where)
    if first and last and last < first:
        raise LexiconError(f"{where}：失效日期早于生效日期，请核对")
    contexts = tuple(context for context in cells.get("contexts", "").strip().split("|") if context)
    for context in contexts:
        if word not in context or word == context:
            raise LexiconError(f"{where}：例外“{context}”应比“{word}”长并包含它")
    return Entry(
        word,
        _kind(Category, cells.get("category", "").strip() or Category.LEXICON, where, "类别"),
        _kind(Severity, cells.get("severity", "").strip() or Severity.HINT, where, "级别"),
        cells.get("suggestion", "").strip(),
        first,
        last,
        contexts,
    )


_Kind = TypeVar("_Kind", Category, Severity)


def _kind(kind: type[_Kind], written: str, where: str, what: str) -> _Kind:
    spoken = _SPOKEN.get(written)
    if isinstance(spoken, kind):
        return spoken
    try:
        return kind(written)
    except ValueError as error:
        known = [word for word, one in _SPOKEN.items() if isinstance(one, kind)]
        raise LexiconError(f"{where}：{what}“{written}”应为 {'、'.join(known)} 之一") from error


def _day(cells: dict[str, str], column: str, where: str) -> date | None:
    written = cells.get(column, "").strip()
    if not written:
        return None
    try:
        if _DAY.fullmatch(written):
            return date.fromisoformat(written)
    except ValueError:
        pass
    raise LexiconError(f"{where}：日期“{written}”应写成 2023-09-01 的形式")
