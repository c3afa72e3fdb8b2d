"""Making a backup, and going back to one."""

from __future__ import annotations

import importlib.metadata
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from gongkai.foundation import clock
from gongkai.foundation.backup import BackupError
from gongkai.foundation.backup.databases import Database, database
from gongkai.foundation.backup.parcel import Manifest, Reader, reading, writing
from gongkai.foundation.events.services import record
from gongkai.foundation.files import private_storage

SPARE = 64 * 2**20  # bytes that stay free
Tell = Callable[[str, int, int], None]  # what is done, how far, of how many


def _silent(what: str, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup holds. size: bytes of the file."""

    path: Path
    files: int
    size: int


@dataclass(slots=True)
class Restored:
    """What came back. kept: where what was there before lies now; unmigrated: the schema is older than this code."""

    made: str
    files: int
    kept: list[Path] = field(default_factory=list)
    unmigrated: bool = False


def folders() -> dict[str, Path]:
    """The folders with files that people put in, by their name in the backup."""
    return {"private": Path(private_storage().path("")), "media": Path(settings.MEDIA_ROOT)}


def make(path: Path, tell: Tell = _silent) -> Made:
    """Write everything that is kept into the file `path`.

    The database comes first: a file is written before the record that names it, so that every record of the copy
    finds its file.
    """
    source = database()
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.DATA) as room:
        copy = Path(room) / "database"
        source.dump(copy)
        with writing(path, _facts(source)) as writer:
            writer.add(source.part, copy)
            files = [(name, folder, file) for name, folder in folders().items() for file in _files(folder)]
            for number, (name, folder, file) in enumerate(files, 1):
                writer.add(f"{name}/{file.relative_to(folder).as_posix()}", file)
                tell(_("写入文件"), number, len(files))
            # Those in force, wherever they come from: the environment or files in the data folder.
            writer.add_text("keys/secret", settings.SECRET_KEY + "\n")
            writer.add_text("keys/vault", "\n".join(settings.VAULT_KEYS) + "\n")
    size = path.stat().st_size
    record("backup.make", None, actor=None, details={"file": path.name, "size": size, "files": len(files)})
    return Made(path, len(files), size)


def restore(path: Path, *, replace: bool = False, tell: Tell = _silent) -> Restored:
    """Put back what the file holds. What is there already is replaced only with `replace`, and set aside, not deleted.

    The whole file is read and checked before anything is touched, and a failure on the way takes everything back.
    """
    target = database()
    with reading(path) as parcel:
        _demand_fitting(parcel.manifest, target)
        parcel.check()
        _demand_keys(parcel)
        empty = _is_empty()
        if not replace and not empty:
            raise BackupError(_("这里已有数据，没有恢复；确要替换的请加 --replace（现有数据会改名保留）"))
        _demand_room(parcel.manifest)
        outcome = _put_back(parcel, target, tell)
    if empty:  # nobody misses the unused keys of a new installation
        for kept in outcome.kept:
            shutil.rmtree(kept) if kept.is_dir() else kept.unlink()
        outcome.kept = []
    _record(path, outcome)
    return outcome


def _facts(source: Database) -> dict[str, Any]:
    applied = MigrationLoader(connection).applied_migrations
    return {
        "made": clock.now().isoformat(timespec="seconds"),
        "software": importlib.metadata.version("gongkai"),
        "database": source.name,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
    }


def _files(folder: Path) -> Iterator[Path]:
    """Every file below, what is being written at the moment apart."""
    for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if file.is_file() and not file.is_symlink() and not file.name.startswith(".draft-"):
            yield file


def _demand_fitting(manifest: Manifest, target: Database) -> None:
    made_of = manifest.facts.get("database")
    if made_of != target.name:
        raise BackupError(
            _("备份来自 %(theirs)s 数据库，本系统现用 %(ours)s；请调整 DATABASE_URL 后再恢复")
            % {"theirs": made_of, "ours": target.name}
        )
    roots = {*folders(), "keys"}
    strange = [one.path for one in manifest.parts if one.path != target.part and one.path.split("/")[0] not in roots]
    if strange or target.part not in {one.path for one in manifest.parts}:
        raise BackupError(_("备份中的内容与本系统不符：%s；请换一份备份") % (strange or [target.part])[0])
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    ours = {config.label for config in apps.get_app_configs()}
    newer = [one for one in manifest.facts.get("migrations", []) if one.split(".")[0] in ours and one not in known]
    if newer:
        raise BackupError(_("备份由更新版本的系统制作（%s）；请先升级本系统，再恢复") % newer[0])


def _demand_keys(parcel: Reader) -> None:
    """Where the keys come from the environment they must be able to open what comes back."""
    from_file = next((one for one in parcel.manifest.below("keys") if one.path == "keys/vault"), None)
    if from_file is None:
        raise BackupError(_("%s 中没有密钥；请换一份备份") % parcel.path)
    given = settings.ENVIRONMENT["GONGKAI_VAULT_KEYS"].words()
    if given and not set(parcel.text(from_file).split()) <= set(given):
        raise BackupError(
            _("GONGKAI_VAULT_KEYS 中没有备份时使用的密钥，恢复后将无法解密；请补上，或取消该变量后再恢复")
        )


def _is_empty() -> bool:
    """Nobody and no body is registered, and no file lies here."""
    if any(next(_files(folder), None) for folder in folders().values()):
        return False
    try:
        tables = set(connection.introspection.table_names())
        with connection.cursor() as cursor:
            for table in {"accounts_user", "bodies_body"} & tables:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - one of two names
                if cursor.fetchone():
                    return False
    except DatabaseError:
        return False  # something is there, even if it cannot be read
    return True


def _demand_room(manifest: Manifest) -> None:
    needed = sum(one.size for one in manifest.parts) + SPARE
    free = shutil.disk_usage(settings.DATA).free
    if free < needed:
        raise BackupError(
            _("%(folder)s 剩余空间不足：需要 %(needed)d MB，只有 %(free)d MB")
            % {"folder": settings.DATA, "needed": needed // 2**20, "free": free // 2**20}
        )


def _put_back(parcel: Reader, target: Database, tell: Tell) -> Restored:
    """Everything is laid out beside its place first; then places are changed, which is quick and can be taken back."""
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    places = {**folders(), "keys": Path(settings.DATA) / "keys"}
    laid_out = {name: place.with_name(f"{place.name}.restoring-{stamp}") for name, place in places.items()}
    dump = Path(connection.settings_dict["NAME"]) if target.name == "sqlite" else Path(settings.DATA) / "database"
    dump = dump.with_name(f"{dump.name}.restoring-{stamp}")
    outcome = Restored(str(parcel.manifest.facts.get("made", "")), 0)
    try:
        parts = parcel.manifest.parts
        for name in laid_out.values():
            name.mkdir(parents=True, mode=0o700)
        for number, one in enumerate(parts, 1):
            top, _slash, rest = one.path.partition("/")
            parcel.extract(one, dump if one.path == target.part else laid_out[top] / rest)
            outcome.files += top in folders()
            tell(_("取出文件"), number, len(parts))
        target.prove(dump)
        _exchange(target, dump, places, laid_out, stamp, outcome)
    except OSError as error:
        raise BackupError(_("没有恢复，原有数据未动：%s") % (error.strerror or error)) from error
    finally:
        for name in laid_out.values():
            shutil.rmtree(name, ignore_errors=True)
        dump.unlink(missing_ok=True)
    return outcome


def _exchange(
    target: Database, dump: Path, places: dict[str, Path], laid_out: dict[str, Path], stamp: str, outcome: Restored
) -> None:
    undo: list[Callable[[], Any]] = []
    try:
        for name, place in places.items():
            aside = place.with_name(f"{place.name}.replaced-{stamp}")
            if place.exists():
                place.rename(aside)
                undo.append(partial(aside.rename, place))
            laid_out[name].rename(place)
            undo.append(partial(shutil.rmtree, place))
        kept = target.put_back(dump, stamp)
    except BaseException:
        for step in reversed(undo):
            step()
        raise
    asides = [place.with_name(f"{place.name}.replaced-{stamp}") for place in places.values()]
    outcome.kept = [aside for aside in asides if aside.exists()] + ([kept] if kept is not None else [])


def _record(path: Path, outcome: Restored) -> None:
    """The event stands in the restored record, unless its table is one of a time before this code."""
    executor = MigrationExecutor(connection)
    outcome.unmigrated = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not outcome.unmigrated:
        record("backup.restore", None, actor=None, details={"file": path.name, "made": outcome.made})
