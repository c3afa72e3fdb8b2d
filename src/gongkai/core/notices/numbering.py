"""The numbers of items: as printed where they run through the notice, positions where they start anew in each part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gongkai.core.notices.model import Finding, Severity


def settle(printed: Sequence[int | None]) -> tuple[list[int], list[Finding]]:
    """The items' numbers and what is to be said about them."""
    if not any(printed):
        return list(range(1, len(printed) + 1)), []
    if _restarts(printed):
        message = "条目编号在各部分重新起算，已按先后顺序编为连续编号"
        return list(range(1, len(printed) + 1)), [Finding("renumbered", Severity.INFO, "plan", "", message)]
    numbers: list[int] = []
    findings = []
    for number in printed:
        if number is None:
            number = numbers[-1] + 1 if numbers else 1
            message = "这一条没有编号，已按前一条顺延"
            findings.append(Finding("missing-number", Severity.WARNING, f"item {number}, number", "", message))
        numbers.append(number)
    return numbers, findings + _sequence(numbers)


def _restarts(printed: Sequence[int | None]) -> bool:
    numbers = [number for number in printed if number]
    return any(number == 1 for number in numbers[1:])


def _sequence(numbers: Sequence[int]) -> list[Finding]:
    """Gaps and duplicates."""
    findings = []
    counts = Counter(numbers)
    for before, number in zip((0, *numbers), numbers, strict=False):
        where = f"item {number}, number"
        if counts[number] > 1 and number == before:
            message = f"编号{number}出现多次，请核对"
            findings.append(Finding("duplicate-number", Severity.WARNING, where, str(number), message))
        elif number != before + 1:
            message = f"编号由{before}跳到{number}，请核对是否有遗漏"
            findings.append(Finding("number-gap", Severity.WARNING, where, str(number), message, str(before + 1)))
    return findings
