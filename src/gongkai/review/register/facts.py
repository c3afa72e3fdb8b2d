"""What an entry holds, in the words that people know it by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from gongkai.bodies.models import Body
from gongkai.foundation.registries import reviewables
from gongkai.review.models import (
    SEVERITIES,
    Asked,
    Attribute,
    Carrier,
    Decision,
    Disposal,
    Entry,
    Judgement,
    Method,
    OtherWay,
    ProblemKind,
    State,
    StepKind,
    Verdict,
    Way,
)
from gongkai.review.questions import YES, questions
from gongkai.review.register.wording import names

CODES: dict[str, Mapping[Any, Any]] = {
    "attribute": dict(Attribute.choices),
    "state": dict(State.choices),
    "step": dict(StepKind.choices),
    "carrier": dict(Carrier.choices),
    "other_ways": dict(OtherWay.choices),
    "disposal": dict(Disposal.choices),
    "severity": SEVERITIES,
    "asked": dict(Asked.choices),
    "verdict": dict(Verdict.choices),
    "way": dict(Way.choices),
    "method": dict(Method.choices),
    "judgement": dict(Judgement.choices),
    "problem": dict(ProblemKind.choices),
    "decision": dict(Decision.choices),
}
BODIES = ("body", "reviewer_body")


def facts_of(entry: Entry) -> list[tuple[str, list[str]]]:
    """Name and lines of everything that the entry holds, as it holds it: masked."""
    found = {one.code: one.name for one in Body.objects.filter(code__in=[entry.facts.get(key) for key in BODIES])}
    words = names() | _inner()
    return [(words.get(key, key), list(_lines(key, value, found))) for key, value in entry.facts.items()]


def _lines(key: str, value: Any, bodies: Mapping[str, str]) -> Iterable[str]:
    if key == "answers":
        return _answers(value)
    match value:
        case list():
            return [line for one in value for line in _lines(key, one, bodies)]
        case dict():
            words = names() | _inner()
            told = [f"{words.get(name, name)}：{'、'.join(_lines(name, one, bodies))}" for name, one in value.items()]
            return ["；".join(told)]
    return [_word(key, value, bodies)]


def _word(key: str, value: Any, bodies: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if key == "kind" and value in reviewables:
        return str(reviewables.get(value).label)
    if key in BODIES:
        return bodies.get(value, str(value))
    return str(CODES.get(key, {}).get(value, value))


def _answers(given: Mapping[str, Mapping[str, str]]) -> list[str]:
    texts = {one.key: f"{one.article}：{one.text}" for one in questions()}
    told = [
        (texts.get(key, key), _("是") if one["answer"] == YES else _("否"), one["note"]) for key, one in given.items()
    ]
    return ["；".join(filter(None, one)) for one in told]


def _inner() -> dict[str, str]:
    """Names that stand only within others."""
    return {
        "name": _("名称"),
        "part": _("位置"),
        "where": _("具体位置"),
        "severity": _("级别"),
        "excerpt": _("摘录（已遮盖）"),
        "keyed": _("发现摘要值"),
        "disposal": _("处置"),
        "lists": _("人员名单数"),
        "wanted": _("每组至少人数"),
        "smallest": _("最小组人数"),
        "compared": _("比对的附件"),
    }
