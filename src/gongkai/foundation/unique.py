"""What must exist only once: said in one sentence, also when two people enter it at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _


@contextmanager
def once(record: models.Model) -> Iterator[None]:
    """Save `record` in the block; a value that another record has already is a ValidationError beside its field.

    Checks made before saving do not see what another transaction is about to write: the database's constraint does,
    and what it refuses is told like what the checks refuse. Whatever else the database refuses stays an IntegrityError.
    """
    try:
        with transaction.atomic():  # PostgreSQL: what comes after a refusal runs only outside its savepoint
            yield
    except IntegrityError as refusal:
        problem = taken(record)
        if problem is None:
            raise
        raise problem from refusal


def demand_free(record: models.Model) -> None:
    """Raise the ValidationError of `taken` when there is one."""
    problem = taken(record)
    if problem is not None:
        raise problem


def taken(record: models.Model) -> ValidationError | None:
    """Which of the values that must exist only once another record has; None when all of them are free."""
    others = type(record)._base_manager.exclude(pk=record.pk)
    fields = {field.name: field for field in record._meta.concrete_fields}
    for names, condition in _unique_sets(record):
        values = {name: fields[name].value_from_object(record) for name in names}
        if None in values.values() or not others.filter(condition, **values).exists():
            continue
        named = names[-1]  # the last tells records of one owner apart: a name in a county, a column of a site
        words = {"label": fields[named].verbose_name, "value": values[named], "kind": record._meta.verbose_name}
        message = _("%(label)s“%(value)s”已被另一%(kind)s使用，请核对或换一个") % words
        return ValidationError({named: message})
    return None


def _unique_sets(record: models.Model) -> Iterator[tuple[tuple[str, ...], models.Q]]:
    """The sets of fields whose values together exist only once, the key apart, and among which records."""
    for field in record._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield (field.name,), models.Q()
    for constraint in record._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            condition = constraint.condition or models.Q()
            if not condition or condition.check(record._get_field_expression_map(meta=record._meta)):  # type: ignore[attr-defined]
                yield tuple(constraint.fields), condition
