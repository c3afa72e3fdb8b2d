"""Where content of a body stands in public: rooms that publish offer it, rooms that check what is published ask."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.dispatch import Signal

from gongkai.foundation.registries.registry import Label, Registry


@dataclass(frozen=True, slots=True)
class Content:
    """公开内容: one thing that the public can read now.

    formed_on: when the information came into being, where that is recorded (条例 Article 26 counts from it).
    places: keys of the places it stands in, nearest first; states_none: it says that there is nothing (暂无).
    """

    key: str
    title: str
    address: str
    body_id: int
    published_on: date | None
    formed_on: date | None = None
    places: tuple[str, ...] = ()
    states_none: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """公开位置: where content of a body may stand, such as a column; trail: the words above its label.

    text: of a single page, what it says beside its title.
    """

    key: str
    label: str
    body_id: int
    address: str
    trail: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a place stands in public now. is_open: whether people get there at all; count: what is open in it.

    none_on: the place itself says that there is nothing as of this day (暂无).
    """

    is_open: bool
    body_id: int | None
    address: str
    label: str
    count: int = 0
    newest: Content | None = None
    none_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContentSource:
    """内容来源: a room that publishes content in places. All are asked for many at once, and cost a few queries.

    places: what the bodies have, for people to choose from; look: the places of these keys as they stand, one that is
    gone is left out; inside: all that is public below these places; find: the key of the place at an address of the
    portal, None when it is none of this source's; search: for each of several questions the places of the bodies that
    have some of its words, best first, only what is public.
    """

    key: str
    label: Label
    places: Callable[[Collection[int]], Iterable[Place]] = field(compare=False)
    look: Callable[[Collection[str]], Mapping[str, Standing]] = field(compare=False)
    inside: Callable[[Collection[str]], Iterable[Content]] = field(compare=False)
    find: Callable[[str], str | None] = field(compare=False)
    search: Callable[[Collection[int], Collection[str]], Mapping[str, Sequence[Place]]] = field(
        default=lambda bodies, questions: {}, compare=False
    )


content_sources: Registry[ContentSource] = Registry("content sources")

# Sent after the commit when what a body shows to the public has changed: body_id.
content_changed = Signal()
