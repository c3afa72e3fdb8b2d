"""“本页还缺什么”: what a page lacks before it is put forward, each a small rule with its message."""

from gongkai.portal.editing.lacking import dates, files, links, pictures, places, words  # noqa: F401  registers the rules
from gongkai.portal.editing.lacking.model import Lack, Level, Missing, Subject, lacks, missing_in

__all__ = ["Lack", "Level", "Missing", "Subject", "lacks", "missing_in"]
