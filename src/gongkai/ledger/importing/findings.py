"""Findings of the reading and of the import itself, how they can be settled, and what settling does to the rows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongkai.core.notices.deadlines import read_cell
from gongkai.core.notices.folding import squeeze
from gongkai.ledger.importing.decisions import Choice
from gongkai.ledger.importing.entries import Entry

# Settled by the panel of missing bodies, against today's register, not by the one that the file was read with.
_BY_PANEL = {"unknown-body", "former-name"}
_SPLITS = {"missing-separator", "mixed-separator", "stray-separator"}
_WORDS = {"suspected-typo", "year-in-text"}
# A ledger cannot do with these as they are: somebody must say what is meant.
_DECISIVE = {"no-body", "duplicate-number"}
_ITEM = re.compile(r"item (\d+), ")
_SECTION = re.compile(r"requirement (\d+), ")
_TITLES = {
    "missing-separator": "单位名称之间缺少顿号",
    "stray-separator": "多余的标点",
    "mixed-separator": "标点混用",
    "suspected-typo": "疑似错别字",
    "doubtful-body": "不像单位名称",
    "duplicate-body": "单位重复",
    "unread-words": "职责说明未读入",
    "deadline-conflict": "时限前后不一致",
    "several-deadlines": "有多个时限",
    "doubtful-date": "日期有误",
    "number-gap": "序号不连续",
    "missing-number": "缺少序号",
    "duplicate-number": "序号重复",
    "renumbered": "序号重新编排",
    "count-mismatch": "数量与列举不符",
    "empty-cell": "单元格为空",
    "joined-cells": "单元格内容合并",
    "noise-removed": "已略去页眉页码等内容",
    "no-body": "没有责任单位",
    "no-title": "没有标题",
    "no-year": "没有年份",
    "hollow-selector": "没有对应的单位",
    "year-in-text": "原文写有年份",
    "hidden-content": "有隐藏的内容未读入",
    "not-examined": "有内容不能读取",
}


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding as the review screen shows it. `key`: the row it stands in, empty for the notice as a whole."""

    id: str
    code: str
    severity: str
    key: str
    excerpt: str
    message: str
    suggestion: str
    choice: Choice | None

    @property
    def title(self) -> str:
        return _TITLES.get(self.code, _("需要核对"))

    @property
    def is_note(self) -> bool:
        """Nothing to settle; the person may still prefer what is printed."""
        return self.severity == "info"

    @property
    def is_open(self) -> bool:
        return self.choice is None and not self.is_note

    @property
    def blocks(self) -> bool:
        """An error nobody settled: the import is refused until somebody does."""
        return self.severity == "error" and self.is_open


def issues_of(findings: Sequence[Mapping[str, Any]], rows: Sequence[Entry], settled: Mapping[str, str]) -> list[Issue]:
    """The findings of a reading, each at its row, with how it was settled."""
    return [issue(finding, _key(finding, rows), settled) for finding in findings if finding["code"] not in _BY_PANEL]


def issue(finding: Mapping[str, Any], key: str, settled: Mapping[str, str]) -> Issue:
    """One finding at the row `key`; its id follows from what it says, so that it stays when others come and go."""
    parts = (finding["code"], finding["where"], finding["excerpt"], finding["message"])
    ident = hashlib.sha1("\0".join(parts).encode(), usedforsecurity=False).hexdigest()[:12]
    choice = settled.get(ident)
    return Issue(
        ident,
        finding["code"],
        "error" if finding["code"] in _DECISIVE else finding["severity"],
        key,
        finding["excerpt"],
        finding["message"],
        finding["suggestion"],
        Choice(choice) if choice else None,
    )


def hollow(selector: str, keys: Sequence[str], settled: Mapping[str, str]) -> Issue:
    """A selector that stands for no body of the register."""
    message = _("名册中没有“%(selector)s”对应的单位，导入后不会向其派发。请先登记单位，或在有关事项中补充。")
    finding = {
        "code": "hollow-selector",
        "severity": "warning",
        "where": selector,
        "excerpt": selector,
        "message": message % {"selector": selector},
        "suggestion": "",
    }
    return issue(finding, keys[0], settled)


def _key(finding: Mapping[str, Any], rows: Sequence[Entry]) -> str:
    """The row that a finding is about; the last of those with one number, since that is the one found twice."""
    if match := _ITEM.match(finding["where"]):
        keys = [row.key for row in rows if str(row.number) == match[1]]
        return keys[-1] if keys else ""
    if match := _SECTION.match(finding["where"]):
        section = [row for row in rows if row.key.startswith(f"P{match[1]}.")]
        return next((row.key for row in section if finding["excerpt"] in row.printed), "")
    return ""


def settle(rows: Sequence[Entry], issues: Sequence[Issue], year: int) -> None:
    """Apply how the findings were settled to the rows; what a person typed by hand is never touched.

    The reading already took the suggestion where names or days were doubtful, and printed text as it stands
    elsewhere: accepting a better text changes the text, keeping doubtful names or days undoes the repair.
    """
    by_key = {row.key: row for row in rows}
    for each in issues:
        row = by_key.get(each.key)
        if row is None:
            continue
        if each.choice is Choice.ACCEPT and each.suggestion and each.code in _WORDS:
            _reword(row, each.excerpt, each.suggestion)
        if each.choice is Choice.KEEP and each.code in _SPLITS and "assignees" not in row.edited:
            row.assignees = _unsplit(row.assignees, each)
        if each.choice is Choice.KEEP and each.code == "deadline-conflict" and "due" not in row.edited:
            row.due = read_cell(row.deadline_text, year)[0].due


def _reword(row: Entry, wrong: str, right: str) -> None:
    """Put the suggested words into the text, the proposed duties and the names of the row."""
    if "text" not in row.edited:
        row.text = row.text.replace(wrong, right)
        row.proposed = [part.replace(wrong, right) for part in row.proposed]
        row.parts = [part.replace(wrong, right) for part in row.parts]
    if "assignees" not in row.edited:
        row.assignees = [(name.replace(wrong, right), role) for name, role in row.assignees]


def _unsplit(assignees: list[tuple[str, str]], each: Issue) -> list[tuple[str, str]]:
    """The names that the suggestion separated, as the one name that was printed."""
    excerpt = squeeze(each.excerpt)
    pieces = [pair for pair in assignees if squeeze(pair[0]) in excerpt]
    if len(pieces) < 2 or "".join(squeeze(name) for name, _role in pieces) != excerpt:
        return assignees
    first = assignees.index(pieces[0])
    rest = [pair for pair in assignees if pair not in pieces]
    return [*rest[:first], (each.excerpt, pieces[0][1]), *rest[first:]]
