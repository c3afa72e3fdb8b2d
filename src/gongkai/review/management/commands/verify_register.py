"""`manage verify_register`: go over the register of secrecy reviews, held against what was noted outside of it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gongkai.foundation import clock
from gongkai.review.register.anchors import AnchorError, read_anchors, write_anchor
from gongkai.review.register.verdicts import Verdict
from gongkai.review.register.verify import stored, verify


class Command(BaseCommand):
    help = _("核验保密审查登记簿。完好时退出码为 0，有问题时为 1 并列出位置，锚点文件无法读写时为 2。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchor", type=Path, metavar="FILE", help=_("用此前留存的锚点文件核对"))
        parser.add_argument(
            "--write-anchor", type=Path, metavar="FILE", help=_("核验完好后在此文件末尾追加一行锚点；请存放在本机之外")
        )
        parser.add_argument("--format", choices=["text", "json"], default="text", help=_("输出格式"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            anchors = read_anchors(options["anchor"]) if options["anchor"] else {}
            verdict = verify(stored(), anchors)
            if options["write_anchor"] and verdict.intact:
                write_anchor(options["write_anchor"], verdict, clock.now())
        except AnchorError as error:
            raise CommandError(str(error), returncode=2) from None
        self.stdout.write(_as_json(verdict) if options["format"] == "json" else _as_text(verdict))
        if not verdict.intact:
            raise SystemExit(1)


def _as_json(verdict: Verdict) -> str:
    told = {
        "intact": verdict.intact,
        "count": verdict.count,
        "number": verdict.number,
        "digest": verdict.digest,
        "problems": verdict.total,
        "first": verdict.breaks[0].number if verdict.breaks else None,
        "breaks": [{"kind": one.kind, "number": one.number, "last": one.last} for one in verdict.breaks],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _as_text(verdict: Verdict) -> str:
    named = {"count": verdict.count, "digest": verdict.digest, "total": verdict.total}
    if verdict.intact:
        return _("登记簿完好：共 %(count)d 条，末条摘要值 %(digest)s") % named
    lines = [_("登记簿有 %(total)d 处问题（共 %(count)d 条），首处为：") % named, *map(str, verdict.breaks)]
    if verdict.total > len(verdict.breaks):
        lines.append(_("其余 %d 处未列出") % (verdict.total - len(verdict.breaks)))
    return "\n".join(lines)
