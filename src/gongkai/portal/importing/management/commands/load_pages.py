"""`gongkai manage load_pages FILE`: an export of any size into drafts, from where it lies."""

from __future__ import annotations

import hashlib
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gongkai.bodies.models import Body
from gongkai.core.documents import DocumentError
from gongkai.core.siteimport import Source, guess, open_source
from gongkai.foundation.accounts.models import User
from gongkai.foundation.guard import procedure
from gongkai.portal.importing import services
from gongkai.portal.importing.loading import load
from gongkai.portal.importing.models import Batch, Outcome, Phase
from gongkai.portal.importing.selectors import outcomes
from gongkai.portal.importing.targets import columns_for, counted, suggested


class Command(BaseCommand):
    help = "Load the articles of a CSV, JSONL or ZIP as drafts; given again, it goes on where it was broken off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="username", required=True, help=_("导入人的用户名（信息员或者政务公开办）"))
        parser.add_argument("--body", required=True, help=_("单位代码；县的代码可以进入各单位的栏目"))
        parser.add_argument("--name", default="", help=_("批次名称，默认为文件名"))
        parser.add_argument("--files", type=Path, help=_("附件所在文件夹，默认为来源文件所在文件夹"))
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar=_("原栏目=栏目编号"),
            help=_("同名栏目自动对应，其余的逐个写明"),
        )

    def handle(self, *args: Any, file: Path, username: str, body: str, name: str, **options: Any) -> None:
        actor = User.objects.filter(username=username).first()
        owner = Body.objects.filter(code=body).first()
        if actor is None or owner is None:
            raise CommandError(_("没有这个用户") if actor is None else _("没有代码为“%s”的单位") % body, returncode=2)
        try:
            with open_source(file, folder=options["files"] or file.parent) as source:
                batch = self._batch(actor, owner, file, name, source, options["column"])
                self._load(batch, source)
        except (DocumentError, ValidationError, PermissionDenied, OSError) as error:
            raise CommandError("；".join(getattr(error, "messages", [])) or str(error), returncode=2) from error

    def _batch(self, actor: User, body: Body, file: Path, name: str, source: Source, columns: list[str]) -> Batch:
        """The one that was broken off with this very file, else a new one."""
        with file.open("rb") as stream:
            fingerprint = hashlib.file_digest(stream, "sha256").hexdigest()
        broken = Batch.objects.filter(body=body, fingerprint=fingerprint, phase=Phase.LOADING, file="").first()
        if broken is not None:
            self.stdout.write(_("接着第 %d 条继续") % (broken.cursor + 1))
            return broken
        first = next(source.records(), None)
        if first is None:
            raise ValidationError(_("来源里没有文章"))
        fields = guess(first.values)
        found = counted(source.records(), fields)
        chosen = suggested(found, columns_for(body)) | _given(columns)
        batch = services.begin(actor, body, name, file.name, fingerprint)
        services.map_columns(actor, batch, fields, chosen, sum(found.values()))
        return batch

    def _load(self, batch: Batch, source: Source) -> None:
        begun = time.monotonic()
        while load(batch.pk, source):
            batch.refresh_from_db()
            speed = batch.rows.count() / (time.monotonic() - begun)
            self.stdout.write(
                _("已读 %(done)d/%(total)d 条，每秒 %(speed)d 条")
                % {"done": batch.cursor, "total": batch.total, "speed": speed}
            )
        found = outcomes(batch)
        for outcome, count in found:
            self.stdout.write(f"{outcome.label}\t{count}")
        if Outcome.SECRET in dict(found):
            self.stderr.write(_("疑似国家秘密的条目没有写入，请按下列步骤处理来源文件："))
            for step in procedure():
                self.stderr.write(f"- {step}")


def _given(columns: list[str]) -> dict[str, int]:
    chosen = {}
    for one in columns:
        name, _sign, pk = one.rpartition("=")
        if not pk.isdecimal():
            raise ValidationError(_("“%s”应为“原栏目=栏目编号”的形式") % one)
        chosen[name] = int(pk)
    return chosen
