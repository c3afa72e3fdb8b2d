"""条例第十四至十六条核对: the questions answered for every release, and what an answer means for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.review.models import Attribute

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Question:
    """article: of the 政府信息公开条例; note: what a “yes” must explain, "" for nothing."""

    key: str
    article: str
    text: str
    forbids: bool = False
    note: str = ""


@cache
def questions() -> tuple[Question, ...]:
    rows = yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text("utf-8"))
    return tuple(Question(**row) for row in rows)


def checked(answers: Mapping[str, Any], attribute: Attribute | str) -> dict[str, dict[str, str]]:
    """The answers in one form; raises a ValidationError that names the article for one that cannot stand.

    Unanswered questions are allowed here: who must have answered them all asks `unanswered`.
    """
    known = {question.key: question for question in questions()}
    strange = sorted(set(answers) - set(known))
    if strange:
        raise ValidationError(_("没有这个核对问题：%(keys)s") % {"keys": "、".join(strange)})
    return {key: _checked(known[key], given, attribute) for key, given in answers.items()}


def _checked(question: Question, given: Any, attribute: Attribute | str) -> dict[str, str]:
    answer, note = (given.get("answer"), given.get("note", "")) if isinstance(given, Mapping) else (given, "")
    named = {"article": question.article, "text": question.text}
    if answer not in (YES, NO):
        raise ValidationError(_("条例%(article)s“%(text)s”：请回答是或者否") % named)
    if answer == YES and question.forbids and attribute != Attribute.NONE:
        raise ValidationError(_("条例%(article)s“%(text)s”答“是”的，公开属性只能是不予公开") % named)
    if answer == YES and question.note and attribute == Attribute.PROACTIVE and not str(note).strip():
        told = named | {"note": question.note}
        raise ValidationError(_("条例%(article)s“%(text)s”答“是”的，请说明：%(note)s") % told)
    return {"answer": str(answer), "note": str(note).strip()}


def unanswered(answers: Mapping[str, Any]) -> list[Question]:
    return [question for question in questions() if question.key not in answers]
