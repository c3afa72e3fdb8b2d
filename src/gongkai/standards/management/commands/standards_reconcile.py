"""`gongkai manage standards_reconcile`: the catalogues in force against what stands in public."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from gongkai.bodies.models import Body
from gongkai.standards.reporting import report, table
from gongkai.standards.services import look_outside, reconcile


class Command(BaseCommand):
    help = str(_("核对标准目录与公开内容；--format json 输出缺口"))

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["table", "json"], default="table")
        parser.add_argument("--body", metavar="CODE", help=str(_("只核对这个单位")))
        parser.add_argument("--outside", action="store_true", help=str(_("先查看站外网页")))

    def handle(self, *args: Any, **options: Any) -> None:
        body = None
        if options["body"]:
            body = Body.objects.filter(code=options["body"]).first()
            if body is None:
                raise CommandError(_("没有代码为“%s”的单位") % options["body"], returncode=2)
        if options["outside"]:
            look_outside(None)
        reconcile(None, body)
        found = report(body)
        if options["format"] == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(table(found))
