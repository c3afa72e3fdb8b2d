"""Storages that keep nothing unjudged: the net for commands, the worker, and files that views compose."""

from __future__ import annotations

from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.utils.translation import gettext as _

from gongkai.foundation.guard.judging import content_of, demand_clean_file


class GuardedStorage(FileSystemStorage):
    """`SecretSuspected` and `Unexamined` come before the first byte is written."""

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        file = content if hasattr(content, "chunks") else File(content, name)
        demand_clean_file(content_of(file), name or str(file.name or ""), _("文件"))
        return super().save(name, file, max_length=max_length)
