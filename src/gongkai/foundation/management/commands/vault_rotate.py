"""`manage vault_rotate`: after a new key was put in front of GONGKAI_VAULT_KEYS."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gongkai.foundation.vault.keys import VaultError
from gongkai.foundation.vault.rotation import rotate


class Command(BaseCommand):
    help = _("用最新密钥重新加密全部加密字段；完成后可从 GONGKAI_VAULT_KEYS 中去掉旧密钥。")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = rotate()
        except VaultError as error:
            raise CommandError(_("未作任何改动：%s") % error, returncode=2) from None
        for field, count in counts.items():
            self.stdout.write(f"{field}\t{count}")
        self.stdout.write(_("已用最新密钥重新加密 %d 项") % sum(counts.values()))
