"""The keys of the vault: settings.VAULT_KEYS, newest first. What is written uses the newest; reading tries all."""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _


class VaultError(Exception):
    """A key is malformed, or none of the keys opens a value."""


def encrypt(text: str) -> str:
    return _fernet(tuple(settings.VAULT_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    try:
        return _fernet(tuple(settings.VAULT_KEYS)).decrypt(token).decode()
    except InvalidToken:
        raise VaultError(
            _("无法解密：GONGKAI_VAULT_KEYS（或数据目录下的 keys/vault）中没有加密此数据的密钥，或数据已被改动")
        ) from None


def is_current(token: str) -> bool:
    """Whether `token` was written with the newest key."""
    try:
        _fernet(tuple(settings.VAULT_KEYS[:1])).decrypt(token)
    except InvalidToken:
        return False
    return True


def index_keys(purpose: str) -> list[bytes]:
    """One key per vault key, newest first, for blind indexes of one `purpose`; they tell nothing of the vault keys."""
    return [_derived(key, purpose) for key in settings.VAULT_KEYS]


@lru_cache(maxsize=8)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise VaultError(_("没有加密密钥：请设置 GONGKAI_VAULT_KEYS"))
    return MultiFernet([_one(number, key) for number, key in enumerate(keys, 1)])


def _one(number: int, key: str) -> Fernet:
    try:
        return Fernet(key)
    except ValueError:
        raise VaultError(
            _("GONGKAI_VAULT_KEYS 的第 %d 个密钥格式有误，应为 32 字节的 urlsafe-base64 编码") % number
        ) from None


@lru_cache(maxsize=128)
def _derived(key: str, purpose: str) -> bytes:
    _one(1, key)
    info = f"gongkai blind index {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(base64.urlsafe_b64decode(key))
