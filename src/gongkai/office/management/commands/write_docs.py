"""`manage write_docs`: the pages of docs/ that are made from the code, so that they cannot disagree with it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gongkai.foundation.access import Audience, Role, addresses, verbs


def settings_page() -> str:
    """docs/settings.md: the environment variables."""
    rows = [
        f"| `{variable.name}` | {f'`{variable.default}`' if variable.default else '–'} | {variable.meaning} |"
        for variable in settings.ENVIRONMENT.values()
    ]
    head = ["# Settings", "", "Made by `make docs` from `gongkai/config/env.py`.", ""]
    return "\n".join([*head, "| variable | default | meaning |", "|---|---|---|", *rows]) + "\n"


def access_page() -> str:
    """docs/access.md: every verb and address with the roles that may use it."""

    def audience(roles: frozenset[Role | Audience]) -> str:
        every = [*Audience, *Role]
        return "、".join(str(role.label) for role in every if role in roles)

    lines = ["# Who may do what", "", "Made by `make docs` from the declarations in the code.", "", "## Verbs", ""]
    lines += ["| verb | meaning | roles |", "|---|---|---|"]
    lines += [f"| `{verb.key}` | {verb.label} | {audience(verb.roles)} |" for verb in verbs]
    lines += ["", "## Addresses", "", "| view | audience |", "|---|---|"]
    lines += [f"| `{row.key}` | {audience(row.audience)} |" for row in addresses]
    return "\n".join(lines) + "\n"


PAGES = {"settings.md": settings_page, "access.md": access_page}


class Command(BaseCommand):
    help = _("生成由代码导出的文档页。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", default="docs", help=_("写入的文件夹"))

    def handle(self, *args: Any, **options: Any) -> None:
        for name, make in PAGES.items():
            Path(options["folder"], name).write_text(make(), encoding="utf-8")
            self.stdout.write(name)
