"""Records of statutory content, their files and numbers; key fields and duties; imports."""

from gongkai.disclosure.models.coverage import Duty, KeyField, KeyFieldPromise
from gongkai.disclosure.models.imports import ImportedRow, ImportPhase, ImportRun, RowOutcome
from gongkai.disclosure.models.numbers import Serial
from gongkai.disclosure.models.records import RecordFile, RecordPage

__all__ = [
    "Duty",
    "ImportPhase",
    "ImportRun",
    "ImportedRow",
    "KeyField",
    "KeyFieldPromise",
    "RecordFile",
    "RecordPage",
    "RowOutcome",
    "Serial",
]
