"""Ways out of the product. A channel is a class named in settings.GONGKAI_CHANNELS; mail is one of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from gongkai.foundation.registries import Label

if TYPE_CHECKING:
    from gongkai.foundation.accounts.models import User
    from gongkai.foundation.notifications.models import Notification


class Undelivered(Exception):
    """The channel could not deliver; the message says why and is kept. It will be tried again."""


class Channel(Protocol):
    """One way out, such as mail, SMS or 企业微信."""

    key: str
    label: Label

    def reaches(self, user: User) -> bool:
        """Whether this person has an address on this channel."""
        ...

    def send(self, user: User, notices: Sequence[Notification]) -> None:
        """Deliver all `notices` in one message; `Undelivered` when that fails."""
        ...


def channels() -> dict[str, Channel]:
    """The channels of this installation by key, in the order of the setting."""
    return _load(tuple(settings.GONGKAI_CHANNELS))


@lru_cache(maxsize=8)
def _load(paths: tuple[str, ...]) -> dict[str, Channel]:
    made: list[Channel] = [import_string(path)() for path in paths]
    return {channel.key: channel for channel in made}
