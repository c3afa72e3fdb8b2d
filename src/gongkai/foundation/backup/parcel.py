"""The file: a zip with a manifest that names every part, its size and its SHA-256."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

from gongkai.foundation.backup import BackupError

FORMAT, VERSION = "gongkai-backup", 1
MANIFEST = "manifest.json"
MANIFEST_BYTES = 256 * 2**20  # a million files
CHUNK = 2**20
BROKEN = (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, KeyError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside. path: as in the zip; size: bytes."""

    path: str
    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """What the backup says of itself. facts: when it was made, by which version, of which database."""

    facts: dict[str, Any]
    parts: list[Part] = field(default_factory=list)

    def below(self, folder: str) -> list[Part]:
        return [part for part in self.parts if part.path.startswith(f"{folder}/")]


class Writer:
    """Puts parts into a new file, hashing what it reads."""

    def __init__(self, archive: zipfile.ZipFile, facts: dict[str, Any]) -> None:
        self.archive, self.manifest = archive, Manifest(facts)

    def add(self, path: str, source: Path) -> None:
        """Put the file `source` in as `path`; what is gone meanwhile was deleted while the backup ran, and is left."""
        try:
            file = source.open("rb")
        except FileNotFoundError:
            return
        with file:
            self._put(path, file)

    def add_text(self, path: str, text: str) -> None:
        self._put(path, BytesIO(text.encode()))

    def _put(self, path: str, source: IO[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
        entry.compress_type = self.archive.compression
        with self.archive.open(entry, "w", force_zip64=True) as target:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        self.manifest.parts.append(Part(path, size, digest.hexdigest()))

    def close(self) -> None:
        parts = [{"path": part.path, "size": part.size, "sha256": part.sha256} for part in self.manifest.parts]
        content = {"format": FORMAT, "version": VERSION, **self.manifest.facts, "files": parts}
        self.archive.writestr(MANIFEST, json.dumps(content, ensure_ascii=False, indent=1))


@contextmanager
def writing(path: Path, facts: dict[str, Any]) -> Iterator[Writer]:
    """A new backup at `path`, readable by its owner only: whole and checked, or not there at all."""
    if path.exists() and not is_ours(path):
        raise BackupError(_("%s 已存在，且不是本系统的备份文件；请换一个文件名") % path)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise BackupError(
            _("不能写入 %(path)s：%(why)s；请换一个位置") % {"path": path, "why": error.strerror}
        ) from error
    try:
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                writer = Writer(archive, facts)
                yield writer
                writer.close()
            file.flush()
            os.fsync(file.fileno())
        with reading(draft) as parcel:
            parcel.check()
        draft.replace(path)
    except OSError as error:
        raise BackupError(
            _("备份没有完成：%(why)s；请检查 %(folder)s 的剩余空间")
            % {"why": error.strerror or error, "folder": path.parent}
        ) from error
    finally:
        draft.unlink(missing_ok=True)


class Reader:
    """A backup that calls itself one. Nothing in it is believed before `check`."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.path, self.archive, self.manifest = path, archive, manifest

    def check(self) -> None:
        """Every part is there and is, to the byte, what was put in; nothing else is."""
        inside = [info.filename for info in self.archive.infolist()]
        named = [part.path for part in self.manifest.parts]
        if sorted(inside) != sorted([*named, MANIFEST]):
            raise BackupError(_("%s 不完整：内含文件与清单不符；请换一份备份") % self.path)
        for part in self.manifest.parts:
            self._copy(part, None)

    def extract(self, part: Part, target: Path) -> None:
        """Write the part to `target`, readable by its owner only."""
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            self._copy(part, file)
            file.flush()
            os.fsync(file.fileno())

    def text(self, part: Part) -> str:
        return self.archive.read(part.path).decode()

    def _copy(self, part: Part, target: IO[bytes] | None) -> None:
        digest, size = hashlib.sha256(), 0
        try:
            with self.archive.open(part.path) as source:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    if size > part.size:
                        break
                    if target is not None:
                        target.write(chunk)
        except BROKEN as error:
            if target is not None and isinstance(error, OSError):
                raise  # the disk's fault, not the file's
            raise BackupError(
                _("%(path)s 已损坏：其中的 %(part)s 读不出来；请换一份备份") % {"path": self.path, "part": part.path}
            ) from error
        if size != part.size or digest.hexdigest() != part.sha256:
            raise BackupError(
                _("%(path)s 已损坏：其中的 %(part)s 与清单不符；请换一份备份") % {"path": self.path, "part": part.path}
            )


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Open a backup; `BackupError` when it is none."""
    if not path.exists():
        raise BackupError(_("没有 %s 这个文件") % path)
    try:
        if not path.is_file():  # of a device or a pipe there may be no end
            raise ValueError(path)
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise BackupError(_("%s 不是本系统的备份文件，或已损坏；请换一份备份") % path) from error
    with archive:
        yield Reader(path, archive, _manifest(path, archive))


def is_ours(path: Path) -> bool:
    try:
        with reading(path):
            return True
    except BackupError:
        return False


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    try:
        info = archive.getinfo(MANIFEST)
        if info.file_size > MANIFEST_BYTES:
            raise ValueError(MANIFEST)
        content = json.loads(archive.read(info))
        if content.pop("format") != FORMAT:
            raise ValueError(FORMAT)
        version = content.pop("version")
        parts = [Part(str(one["path"]), int(one["size"]), str(one["sha256"])) for one in content.pop("files")]
    except (*BROKEN, AttributeError, TypeError) as error:
        raise BackupError(_("%s 不是本系统的备份文件，或已损坏；请换一份备份") % path) from error
    if version != VERSION:
        raise BackupError(
            _("%(path)s 由更新版本的系统制作（格式 %(version)s）；请先升级本系统") % {"path": path, "version": version}
        )
    if not all(_is_plain(part.path) for part in parts) or len({part.path for part in parts}) != len(parts):
        raise BackupError(_("%s 的清单中有不合规的文件名；请换一份备份") % path)
    return Manifest(content, parts)


def _is_plain(path: str) -> bool:
    """A relative path that stays where it is put."""
    steps = PurePosixPath(path)
    return bool(path) and not steps.is_absolute() and ".." not in steps.parts and "\\" not in path and "\0" not in path
