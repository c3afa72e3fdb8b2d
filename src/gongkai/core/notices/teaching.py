"""What a notice teaches of names: those that it shows standing alone."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from gongkai.core.notices import roles
from gongkai.core.notices.assignees import ETC
from gongkai.core.notices.bodynames import ends_strongly, is_body, is_selector, opens_name
from gongkai.core.notices.folding import squeeze
from gongkai.core.notices.splitting import split_top, unwrapped


def taught_names(texts: Iterable[str]) -> list[str]:
    """The names that texts show standing alone between separators."""
    found = []
    for text in texts:
        for stretch in roles.labelled(unwrapped(text)):
            for _, clause in split_top(stretch.text if stretch.role else "", "；。，"):
                clause, _ = roles.trailing_role(roles.without_start(clause.strip()))
                for _, part in split_top(clause, "、"):
                    names = [ETC.split(line)[0] for _, line in split_top(part, "\n")]
                    found += [squeeze(name) for name in names if is_body(name)] if _are_apart(names) else []
    return found


def _are_apart(lines: list[str]) -> bool:
    """Whether lines are a name each, none of them broken: 县住房和城乡|建设局 teaches nothing."""
    return all(ends_strongly(left) or opens_name(right, left) or is_selector(right) for left, right in pairwise(lines))
