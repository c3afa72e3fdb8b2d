"""The key under which found stretches are digested."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.foundation.vault.fields import EncryptedTextField


class FingerprintKey(models.Model):
    """发现摘要密钥: one row, made once and never again, encrypted by the vault (docs/adr/0010).

    secret: 64 hexadecimal digits. `manage vault_rotate` encrypts it anew and leaves it what it is.
    """

    secret = EncryptedTextField(_("密钥"))

    class Meta:
        verbose_name = verbose_name_plural = _("发现摘要密钥")

    def __str__(self) -> str:
        return str(self.pk)
