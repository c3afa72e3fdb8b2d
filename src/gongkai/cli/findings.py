"""Findings as every command shows them: one JSON form (stable keys) and one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongkai.core.screening import Finding

SEVERITIES = {"block": "阻断", "confirm": "待确认", "hint": "提示"}


def as_json(finding: Finding, excerpt: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "category": finding.category.value,
        "severity": finding.severity.value,
        "start": finding.start,
        "end": finding.end,
        "excerpt": excerpt,
        "where": finding.where,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }


def as_line(finding: Finding, excerpt: str, *, offsets: bool = False) -> str:
    where = f" {finding.where}" if finding.where else ""
    at = f" {finding.start}–{finding.end}" if offsets else ""
    shown = f"“{_one_line(excerpt)}” " if excerpt else ""
    severity = SEVERITIES[finding.severity.value]
    return f"  [{severity}] {finding.rule}{where}{at} {shown}{finding.message}；{finding.suggestion}"


def _one_line(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= 60 else shown[:59] + "…"
