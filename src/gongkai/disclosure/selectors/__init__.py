"""The queries about records worth naming."""

from gongkai.disclosure.selectors.coverage import (
    DutyRow,
    FieldRow,
    duty_rows,
    expired_mechanisms,
    key_fields,
    standing_duties,
    updated,
)
from gongkai.disclosure.selectors.imports import imports_for, is_moving, outcomes, rows_with
from gongkai.disclosure.selectors.records import appearing, column_for, late, published_late, records_for, search
from gongkai.disclosure.selectors.shown import chain, only_shown, public

__all__ = [
    "DutyRow",
    "FieldRow",
    "appearing",
    "chain",
    "column_for",
    "duty_rows",
    "expired_mechanisms",
    "imports_for",
    "is_moving",
    "key_fields",
    "late",
    "only_shown",
    "outcomes",
    "public",
    "published_late",
    "records_for",
    "rows_with",
    "search",
    "standing_duties",
    "updated",
]
