"""What is wrong with the data of a verb, in words: where it stands and what it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

# pydantic's names of errors -> what should stand there; the rest is said in pydantic's words
WANTED = {
    "missing": gettext_lazy("缺少这一项"),
    "extra_forbidden": gettext_lazy("没有这一项，act --list 可列出全部参数"),
    "unexpected_keyword_argument": gettext_lazy("没有这一项，act --list 可列出全部参数"),
    "int_type": gettext_lazy("应为整数"),
    "int_from_float": gettext_lazy("应为整数"),
    "bool_type": gettext_lazy("应为 true 或 false"),
    "string_type": gettext_lazy("应为文字"),
    "list_type": gettext_lazy("应为列表"),
    "dict_type": gettext_lazy("应为 JSON 对象"),
    "dataclass_type": gettext_lazy("应为 JSON 对象"),
    "date_type": gettext_lazy("应为日期，如 2026-03-31"),
    "date_parsing": gettext_lazy("应为日期，如 2026-03-31"),
    "date_from_datetime_parsing": gettext_lazy("应为日期，如 2026-03-31"),
    "datetime_type": gettext_lazy("应为时间，如 2026-03-31T09:00:00+08:00"),
    "datetime_parsing": gettext_lazy("应为时间，如 2026-03-31T09:00:00+08:00"),
    "datetime_from_date_parsing": gettext_lazy("应为时间，如 2026-03-31T09:00:00+08:00"),
}


def said(error: ValidationError, data: Any) -> str:
    """The first problem. Of a value that may be several things, what came nearest: the problem that lies deepest."""
    problem = max(error.errors(include_url=False), key=lambda one: len(one["loc"]))
    return f"{'.'.join(_place(problem['loc'], data))}：{_wanted(problem)}"


def _place(steps: tuple[int | str, ...], data: Any) -> Iterator[str]:
    """The way into the data as it was given; pydantic's names for the kinds it tried are left out."""
    for step in steps:
        inside: Any = dict(enumerate(data)) if isinstance(data, list) else data
        if isinstance(inside, Mapping) and step in inside:
            data = inside[step]
            yield str(step)
        elif step == steps[-1] and isinstance(data, Mapping):
            yield str(step)  # what is missing


def _wanted(problem: Any) -> str:
    if problem["type"] in ("enum", "literal_error"):
        known = str(problem["ctx"]["expected"]).replace("'", "").replace(" or ", "、").replace(", ", "、")
        return _("应为 %s 之一") % known
    return str(WANTED.get(problem["type"], problem["msg"].removeprefix("Value error, ")))
