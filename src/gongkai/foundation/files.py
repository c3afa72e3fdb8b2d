"""Where files lie that nobody may fetch by address alone: views serve them after asking who asks."""

from __future__ import annotations

from typing import NoReturn

from django.core.files.storage import Storage, storages

from gongkai.foundation.guard.storages import GuardedStorage


class NoAddress(ValueError, NotImplementedError):
    """What Django raises for a file without an address, and what Wagtail expects of a storage without any."""


class PrivateStorage(GuardedStorage):
    """Files without an address; Django's own would fall back to the public one."""

    def url(self, name: str | None) -> NoReturn:
        raise NoAddress("files in the private storage have no address")


def private_storage() -> Storage:
    """The storage outside of every public address (settings.STORAGES["private"])."""
    return storages["private"]
