"""The queries about records worth naming."""

from gongkai.disclosure.selectors.records import appearing, late, published_late, records_for, search
from gongkai.disclosure.selectors.shown import chain, newest_of, only_shown, public

__all__ = [
    "appearing",
    "chain",
    "late",
    "newest_of",
    "only_shown",
    "public",
    "published_late",
    "records_for",
    "search",
]
