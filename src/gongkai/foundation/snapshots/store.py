"""Bytes kept once by their SHA-256, in the private storage."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from gongkai.foundation.files import private_storage
from gongkai.foundation.guard.judging import judge_upload
from gongkai.foundation.guard.refusals import SecretSuspected


class Damaged(Exception):
    """The kept bytes are gone or are not those that were kept."""


def name_of(sha256: str) -> str:
    return f"snapshots/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def put(data: bytes) -> str:
    """Keep `data`; its hash. Whole or not at all, the same bytes only once; `SecretSuspected` before the first one."""
    sha256 = hashlib.sha256(data).hexdigest()
    storage, name = private_storage(), name_of(sha256)
    if rule := judge_upload(data, "").rule:  # what cannot be examined is kept: it is public where it came from
        raise SecretSuspected(_("网页快照"), rule)
    if storage.exists(name):
        return sha256
    try:
        path = Path(storage.path(name))
    except NotImplementedError:  # not on a disk of this machine; such storages write whole objects
        storage.save(name, ContentFile(data))
    else:
        _write(path, data)
    return sha256


def get(sha256: str) -> bytes:
    """The bytes with this hash, checked; `Damaged` when they cannot be had any more."""
    try:
        with private_storage().open(name_of(sha256)) as file:
            data: bytes = file.read()
    except FileNotFoundError:
        raise Damaged(_("快照文件缺失：%s") % sha256) from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Damaged(_("快照文件与其散列值不符：%s") % sha256)
    return data


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
