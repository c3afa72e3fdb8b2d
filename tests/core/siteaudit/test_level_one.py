"""The twenty checks: held against the rules of the axe-core that the tests run."""

from __future__ import annotations

import re
from pathlib import Path

import axe_playwright_python
import pytest

from gongkai.core.siteaudit.level_one import Auto, Result, checks, judge, rules

AXE = next(Path(axe_playwright_python.__file__).parent.glob("axe*.js")).read_text()
TAGGED = dict(re.findall(r'id:"([a-z-]+)",(?:[^{}]|\{[^{}]*\})*?tags:\[([^\]]*)\]', AXE))


def test_there_are_twenty():
    assert [check.id for check in checks()] == [f"A{number:02}" for number in range(1, 21)]


def test_what_no_machine_sees_has_no_rules():
    assert [check.id for check in checks() if check.auto is Auto.NONE] == ["A02", "A05", "A06", "A10", "A13"]
    assert all(bool(check.rules) is (check.auto is not Auto.NONE) for check in checks())


@pytest.mark.parametrize("rule", rules())
def test_every_rule_is_one_of_axe(rule):
    assert f'id:"{rule}"' in AXE


def test_no_rule_of_level_a_is_forgotten():
    level_a = {rule for rule, tags in TAGGED.items() if re.search(r'"wcag21?a"', tags)}
    assert len(level_a) > 50
    assert level_a - set(rules()) == set()


def test_results():
    def result(check: str, **parts: list[str]) -> Result:
        return judge({part: [{"id": rule} for rule in found] for part, found in parts.items()})[check]

    assert result("A01", violations=["image-alt"], passes=["svg-img-alt"]) is Result.FAIL
    assert result("A01", passes=["image-alt"]) is Result.PASS
    assert result("A01", passes=["link-name"]) is Result.NOT_APPLICABLE
    assert result("A01", incomplete=["image-alt"], passes=["image-alt"]) is Result.REVIEW
    assert result("A07", passes=["link-in-text-block"]) is Result.REVIEW  # a machine sees only a part
    assert result("A05") is Result.REVIEW
