"""How good the engine is on a labelled corpus: recall and precision by category.

A labelled stretch is found when a finding of its category overlaps it; a finding is right when it overlaps a label of
its category. Offsets are code points of the text, or of the text that was extracted from the file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gongkai.core.screening.model import Category, Finding


class LabelError(ValueError):
    """A labelled corpus that cannot be used: one line that names file, line and what to do."""


@dataclass(frozen=True, slots=True)
class Label:
    """A stretch that must be found; `group` names it more exactly in lists of what was missed."""

    start: int
    end: int
    category: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """One text, or the path of a file, and what must be found in it."""

    labels: tuple[Label, ...]
    text: str | None = None
    path: Path | None = None


@dataclass(slots=True)
class Score:
    """Counts of one category."""

    labels: int = 0
    found: int = 0
    findings: int = 0
    right: int = 0

    @property
    def recall(self) -> float | None:
        return self.found / self.labels if self.labels else None

    @property
    def precision(self) -> float | None:
        return self.right / self.findings if self.findings else None


@dataclass(slots=True)
class Evaluation:
    """Scores by category; `missed` and `wrong` name places to look at, with masked excerpts only."""

    scores: dict[str, Score] = field(default_factory=dict)
    samples: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def total(self) -> Score:
        summed: Counter[str] = Counter()
        for score in self.scores.values():
            summed.update(labels=score.labels, found=score.found, findings=score.findings, right=score.right)
        return Score(**{name: summed[name] for name in ("labels", "found", "findings", "right")})

    def add(self, name: str, labels: Iterable[Label], findings: Iterable[Finding]) -> None:
        """Count one sample."""
        labels, findings = list(labels), list(findings)
        self.samples += 1
        for label in labels:
            score = self.scores.setdefault(label.category, Score())
            score.labels += 1
            if any(_meet(label, finding) for finding in findings):
                score.found += 1
            else:
                self.missed.append(f"{name} {label.start}–{label.end} {label.category} {label.group}".rstrip())
        for finding in findings:
            score = self.scores.setdefault(finding.category.value, Score())
            score.findings += 1
            if any(_meet(label, finding) for label in labels):
                score.right += 1
            else:
                self.wrong.append(f"{name} {finding.start}–{finding.end} {finding.rule} {finding.masked}".rstrip())


def _meet(label: Label, finding: Finding) -> bool:
    return label.category == finding.category and label.start < finding.end and finding.start < label.end


def evaluate(samples: Iterable[tuple[str, Sample]], find: Callable[[Sample], Iterable[Finding]]) -> Evaluation:
    """Score what `find` says of each named sample."""
    evaluation = Evaluation()
    for name, sample in samples:
        evaluation.add(name, sample.labels, find(sample))
    return evaluation


def read_labels(path: Path) -> Iterator[tuple[str, Sample]]:
    """The samples of a JSON-lines file; paths in it are relative to it. LabelError names the line."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield f"{path.name}:{number}", _sample(line, f"{path.name} 第{number}行", path.parent)
    except OSError as error:
        raise LabelError(f"{path}：标注文件打不开（{error.strerror}），请检查路径和权限") from error
    except UnicodeDecodeError as error:
        raise LabelError(f"{path.name}：不是 UTF-8 编码，请另存为 UTF-8 后再试") from error


def _sample(line: str, where: str, folder: Path) -> Sample:
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LabelError(f"{where}：不是有效的 JSON，每行应为一个对象") from error
    if not isinstance(data, dict) or ("text" in data) == ("path" in data):
        raise LabelError(f"{where}：应有 text 或 path 之一")
    text, path = data.get("text"), data.get("path")
    if not isinstance(text if path is None else path, str) or not isinstance(data.get("spans", []), list):
        raise LabelError(f"{where}：text、path 应为文字，spans 应为列表")
    labels = tuple(_label(span, where) for span in data.get("spans", []))
    if text is not None and any(label.end > len(text) for label in labels):
        raise LabelError(f"{where}：end 超出文字长度 {len(text)}")
    return Sample(labels, text, None if path is None else folder / path)


def _label(span: Any, where: str) -> Label:
    try:
        start, end, category = span["start"], span["end"], Category(span["category"])
    except (TypeError, KeyError, ValueError) as error:
        known = "、".join(Category)
        raise LabelError(f"{where}：spans 中每项应有 start、end、category（{known}）") from error
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        raise LabelError(f"{where}：start、end 应为整数，0 ≤ start < end")
    return Label(start, end, category.value, str(span.get("group", "")))
