"""Judging state secrets alone: what stops everything, what only speaks of secrecy, and how programs carry both."""

import json
from urllib.parse import quote

import pytest

from gongkai.core.screening import Category, Severity
from gongkai.core.screening.secrets import FLAG, may_speak, secret_rules, suspected, suspected_in, suspected_value

MARKS = ["机密★5年", "秘 密 ★ 1年", "绝密★长期", "秘密☆10年", "机密*5年", "密级：机密", "（秘密）", "机\u200b密★５年"]
WORDS = [
    "任何组织和个人不得泄露国家秘密、商业秘密和个人隐私。",
    "《中华人民共和国保守国家秘密法》第三十五条",
    "按照保密审查机制，由保密审查人员审查",
    "机密性、完整性、可用性",
    "秘密",  # what somebody looks for
    "机密",
    "密切联系群众★五年规划",
    "",
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_suspected(mark):
    assert suspected(f"关于有关工作的通知\n{mark}\n各单位：") in {rule.id for rule in secret_rules()}


@pytest.mark.parametrize("words", WORDS)
def test_speaking_of_secrecy_is_not(words):
    assert suspected(words) is None
    assert suspected_in(words) is None


def test_a_level_alone_on_a_line_is_the_head_of_a_paper_not_a_word():
    assert suspected("机密") is None
    assert suspected("机密", paper=True) == "secret-head"
    assert suspected("机密\n关于有关工作的通知") == "secret-head"


def test_only_what_blocks_stops_everything():
    assert secret_rules()
    assert all(rule.category is Category.STATE_SECRET and rule.severity is Severity.BLOCK for rule in secret_rules())
    assert suspected("参见县密发〔2023〕5号") is None  # to be confirmed before publishing, by a person


def test_no_rule_speaks_without_the_flag():
    """The quick look stands on this: take the character away and nothing is left to find."""
    for rule in secret_rules():
        found = [mark for mark in [*MARKS, "机密 5年", "（机密）", "机密\n某件"] if rule.pattern.search(mark)]
        assert found, rule.id
        assert not any(rule.pattern.search(mark.replace(FLAG, "蜜")) for mark in found), rule.id


@pytest.mark.parametrize(
    "carried",
    [
        json.dumps({"blocks": [{"key": "a", "text": "机密★5年"}], "entityMap": {}}),  # \u escapes, as Draftail sends
        json.dumps({"blocks": [{"text": "机密★5年"}]}, ensure_ascii=False),
        "title = '\\u673a\\u5BC6\\u2605'",  # no JSON as a whole
        json.dumps([{"type": "text", "value": json.dumps({"blocks": [{"text": "<b>机</b>密★5年"}]})}]),
        "<p>机<b>密</b>★5年</p>",
        "<p>机</p>密".replace("</p>", "") + "★5年",
        '<img alt="机密★5年" src="a.png">',
        "&#26426;&#23494;&#9733;5年",
        "&#x673a;&#x5BC6;★5年",
        "q=" + quote("机密★5年"),
        "next=" + quote("/search?q=" + quote("机密★5年")),
        "q=" + quote("机密（秘密）", encoding="gb18030"),
        "<p>机密</p><p>关于有关工作的通知</p>",
    ],
)
def test_as_programs_carry_it(carried):
    assert may_speak(carried)
    assert suspected_in(carried)


@pytest.mark.parametrize(
    "carried", ["{" * 50_000, "[" * 5_000 + "密", "<" * 10_000 + "密", "%E5%AF%8", '"\\u5bc', "&#23494"]
)
def test_what_is_broken_is_only_text(carried):
    assert suspected_in(carried) is None


def test_what_json_was_decoded_into():
    assert suspected_value({"a": [1, None, {"机密★5年": True}]})
    assert suspected_value(["机密", "★5年"])  # one under the other
    assert suspected_value({"a": ["国家秘密", 5, "年"]}) is None
