"""Findings as SARIF 2.1.0 (OASIS standard of 2020-03-27), so that any viewer of static analysis shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from gongkai.core.screening.hidden import hidden_rules
from gongkai.core.screening.model import Finding, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.BLOCK: "error", Severity.CONFIRM: "warning", Severity.HINT: "note"}


def sarif(
    files: Iterable[tuple[str, Sequence[Finding], Sequence[str]]],
    rules: Iterable[tuple[str, str, str]],
    version: str,
    excerpts: dict[int, str] | None = None,
) -> dict[str, Any]:
    """A log of one run.

    files: path, findings, what was not examined.
    rules: id, message and basis of each rule; version: of the rule set.
    excerpts: `id(finding)` -> text to show in place of the masked one.
    """
    descriptors = [_rule(*rule) for rule in rules]
    known = {descriptor["id"] for descriptor in descriptors}
    descriptors += [_rule(name, message, "") for name, message in hidden_rules() if name not in known]
    order = {descriptor["id"]: index for index, descriptor in enumerate(descriptors)}
    results: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for path, findings, not_examined in files:
        for finding in findings:
            if finding.rule not in order:
                order[finding.rule] = len(descriptors)
                descriptors.append(_rule(finding.rule, finding.message, ""))
            results.append(_result(path, finding, order[finding.rule], (excerpts or {}).get(id(finding))))
        notes += [_note(path, what) for what in not_examined]
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "gongkai-screen",
                "semanticVersion": "1.0.0",
                "version": version,
                "language": "zh-CN",
                "rules": descriptors,
            }
        },
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "results": results,
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(name: str, message: str, basis: str) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": name, "shortDescription": {"text": message}}
    if basis:
        rule["help"] = {"text": basis}
    return rule


def _result(path: str, finding: Finding, index: int, excerpt: str | None) -> dict[str, Any]:
    region: dict[str, Any] = {"charOffset": finding.start, "charLength": finding.end - finding.start}
    shown = excerpt if excerpt is not None else finding.masked
    if shown:
        region["snippet"] = {"text": shown}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": region}}
    if finding.where:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.where}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}。{finding.suggestion}".rstrip("。") + "。"},
        "locations": [location],
        "properties": {"category": finding.category.value, "severity": finding.severity.value},
    }


def _note(path: str, what: str) -> dict[str, Any]:
    return {
        "level": "warning",
        "message": {"text": f"未检查：{what}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(path)}}}],
    }


def _uri(path: str) -> str:
    """A relative reference or a file URI; standard input has a name of its own."""
    if path == "-":
        return "stdin"
    where = PurePath(path)
    return where.as_uri() if where.is_absolute() else quote(where.as_posix())
