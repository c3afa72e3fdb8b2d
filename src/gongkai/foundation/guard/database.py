"""The net under every writer: no statement that writes carries a suspected state secret, whoever composed it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from gongkai.core.screening.secrets import may_speak, suspected_in, suspected_value
from gongkai.foundation.guard.judging import is_lifted, withheld
from gongkai.foundation.guard.refusals import SecretSuspected

_WRITES = re.compile(r"\s*(?:INSERT|UPDATE|REPLACE|MERGE|COPY|WITH)\b", re.IGNORECASE)
_TABLE = re.compile(r"\b(?:INTO|UPDATE)\s+[\"`]?(\w+)", re.IGNORECASE)


def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
    """Around every statement (Django's execute wrapper): raises `SecretSuspected` before the database sees it."""
    if params and not is_lifted() and _WRITES.match(sql):
        if many:
            params = list(params)
        for row in params if many else (params,):
            if rule := _suspected(row.values() if isinstance(row, Mapping) else row):
                raise SecretSuspected(_place(sql), rule)
    return execute(sql, params, many, context)


@receiver(connection_created)
def put_up(sender: Any, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Every connection, of every thread and process."""
    if watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(watch)


def keep_the_failure(sender: Any, instance: Any, **kwargs: Any) -> None:
    """That a task failed is kept even when its traceback is not: a worker that could not say so would end."""
    instance.traceback = withheld(instance.traceback or "")


if apps.is_installed("django_tasks_db"):  # the queue of other engines is not ours
    pre_save.connect(keep_the_failure, sender="django_tasks_database.DBTaskResult")


def _suspected(values: Iterable[Any]) -> str | None:
    for value in values:
        if isinstance(value, str):
            if may_speak(value) and (rule := suspected_in(value)):
                return rule
        elif not isinstance(value, int | float | bytes) and value is not None and (rule := _in_other(value)):
            return rule
    return None


def _in_other(value: Any) -> str | None:
    """PostgreSQL's own carriers of JSON and of lists."""
    inner = getattr(value, "obj", value)
    if isinstance(inner, str):
        try:
            inner = json.loads(inner)
        except ValueError:
            return suspected_in(inner)
    return suspected_value(inner) if isinstance(inner, dict | list | tuple | str) else None


def _place(sql: str) -> str:
    """What was to be written, by the name that people know."""
    found = _TABLE.search(sql)
    return _names().get(found[1], found[1]) if found else _("数据库")


@cache
def _names() -> dict[str, str]:
    return {model._meta.db_table: str(model._meta.verbose_name) for model in apps.get_models(include_auto_created=True)}
