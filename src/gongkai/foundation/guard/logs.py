"""Lines of the log: what would hold a suspected state secret says only that it did, numbers of people are starred."""

from __future__ import annotations

import logging


class LineFormatter(logging.Formatter):
    """Judges the whole line, tracebacks included, as it is about to be written."""

    def format(self, record: logging.LogRecord) -> str:
        from gongkai.foundation.guard.judging import withheld
        from gongkai.foundation.masking import masked

        line = super().format(record)
        kept = withheld(line)
        return masked(line) if kept == line else f"{self.formatTime(record)} {record.levelname} {record.name}: {kept}"
