"""What people wrote, as the register may hold it: personal data in the accepted form, no suspected secret at all."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gongkai.core.screening import Category
from gongkai.review.machine import masked_by, screener

# What the product itself made: digests, codes, keys, and excerpts that the machine masked when it found them.
OWN = frozenset(
    ("way", "digest", "keyed", "machine", "rule", "counts", "body", "reviewer_body", "kind", "excerpt", "address")
)


def fit(value: Any, field: str = "") -> Any:
    """The value with every text in it made fit; ValidationError that names the field for a suspected state secret."""
    match value:
        case str():
            return _fit_text(str(value), field)
        case dict():
            return {key: one if key in OWN else fit(one, field or str(key)) for key, one in value.items()}
        case list() | tuple():
            return [fit(one, field) for one in value]
    return value


def _fit_text(text: str, field: str) -> str:
    found = screener().screen(text)
    if any(one.category == Category.STATE_SECRET for one in found):
        told = _("“%(field)s”中有疑似国家秘密标志，不能登记；请停止在本系统处理，交保密审查机构")
        raise ValidationError(told % {"field": names().get(field, field)})
    return masked_by(found, text)


def names() -> dict[str, str]:
    """What an entry holds, in words."""
    return {
        "title": _("标题"),
        "body": _("单位"),
        "kind": _("内容类型"),
        "state": _("状态"),
        "revision": _("修订号"),
        "digest": _("内容摘要值"),
        "by": _("经办人"),
        "authors": _("撰稿人"),
        "step": _("环节"),
        "reviewer_body": _("审查单位"),
        "deputy_for": _("代谁办理"),
        "note": _("意见"),
        "reason": _("理由"),
        "attribute": _("公开属性"),
        "ground": _("公开依据"),
        "answers": _("条例核对"),
        "carrier": _("载体形式"),
        "other_ways": _("其他公开方式"),
        "archive_number": _("归档号"),
        "urgent": _("加急"),
        "urgent_reason": _("加急事由"),
        "show_until": _("公示截止日期"),
        "attachments": _("附件"),
        "machine": _("筛查规则版本"),
        "not_examined": _("机器未能检查的内容"),
        "together": _("汇聚分析"),
        "findings": _("机器发现"),
        "counts": _("各规则发现数"),
        "asked": _("征求对象"),
        "asked_name": _("对象名称"),
        "question": _("问题"),
        "verdict": _("答复结论"),
        "answer": _("答复"),
        "notice": _("对外说明"),
        "sound": _("复看结论"),
        "address": _("链接"),
        "articles": _("成批公开的文章"),
        "incident": _("隐患编号"),
        "way": _("途径"),
        "rule": _("规则"),
        "reported_to": _("报告对象"),
        "conclusion": _("结论"),
        "method": _("抽样方法"),
        "seed": _("抽样种子"),
        "population": _("范围内登记数"),
        "sample": _("抽取的登记编号"),
        "judgement": _("判定"),
        "problem": _("问题类型"),
        "found": _("问题说明"),
        "measure": _("整改要求"),
        "mended": _("整改复核"),
        "decision": _("复筛处理"),
    }
