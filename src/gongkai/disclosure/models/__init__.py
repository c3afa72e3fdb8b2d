"""Records of statutory content, their files and their numbers."""

from gongkai.disclosure.models.numbers import Serial
from gongkai.disclosure.models.records import RecordFile, RecordPage

__all__ = ["RecordFile", "RecordPage", "Serial"]
