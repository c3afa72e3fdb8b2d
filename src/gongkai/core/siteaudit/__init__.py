"""Judging a site by the national rules: what each page says of itself, what a site says of its owner, and the twenty
checks of level-one accessibility. The tables are data; each row names where it comes from.
"""

from gongkai.core.siteaudit.markup import Group, PageKind, Tag, fits, missing, tags, tags_of

__all__ = ["Group", "PageKind", "Tag", "fits", "missing", "tags", "tags_of"]
