"""Records of statutory content, their files and numbers; key fields and duties."""

from gongkai.disclosure.models.coverage import Duty, KeyField, KeyFieldPromise
from gongkai.disclosure.models.numbers import Serial
from gongkai.disclosure.models.records import RecordFile, RecordPage

__all__ = ["Duty", "KeyField", "KeyFieldPromise", "RecordFile", "RecordPage", "Serial"]
