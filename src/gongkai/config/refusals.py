"""What a start is refused for: settings that mean nothing, and in production whatever is for trying out or unsafe.

Each refusal is one line that names the variable and what to do. Django is not loaded here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import ModuleType
from urllib.parse import urlsplit

from gongkai.config.env import refuse

KEY_LENGTH = 40
KEY_VARIETY = 10  # different characters; a random key of that length has more than twenty
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def refuse_what_cannot_be(env: ModuleType) -> None:
    """A moment that is none, a base address that is none, a term of no days."""
    now, base = env.NOW.text(), env.BASE_URL.text()
    if now and not _is_moment(now):
        refuse(f"GONGKAI_NOW 应为 2023-09-20T09:00:00+08:00 的形式，现为“{now}”")
    if urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).hostname:
        refuse(f"GONGKAI_BASE_URL 应为 https://gk.example.gov.cn 的形式，现为“{base}”")
    for days in (env.MEND_DAYS, env.ESCALATE_DAYS):
        if days.number() < 1:
            refuse(f"{days.name} 应为不小于 1 的天数，现为“{days.text()}”")


def refuse_what_is_unsafe(env: ModuleType, secret: str, vault_keys: Sequence[str]) -> None:
    """What production does not start with."""
    if env.DEBUG.flag() or env.NOW.text():
        refuse("GONGKAI_PRODUCTION=1 时不允许设置 GONGKAI_DEBUG 或 GONGKAI_NOW，请取消后重新启动")
    if len(secret) < KEY_LENGTH or len(set(secret)) < KEY_VARIETY or secret.startswith("django-insecure"):
        refuse(f"GONGKAI_PRODUCTION=1 时 GONGKAI_SECRET_KEY 须为不少于 {KEY_LENGTH} 个字符的随机字符，请更换后重新启动")
    if any(len(set(key)) < KEY_VARIETY for key in vault_keys):
        refuse("GONGKAI_PRODUCTION=1 时 GONGKAI_VAULT_KEYS 须为随机生成的密钥，请更换后重新启动")
    if any(host in ("*", ".") for host in env.HOSTS.words()):
        refuse("GONGKAI_PRODUCTION=1 时 GONGKAI_HOSTS 不得为 *，请写明网站的域名后重新启动")
    base = urlsplit(env.BASE_URL.text())
    if base.scheme != "https" and base.hostname not in LOOPBACK:
        refuse("GONGKAI_PRODUCTION=1 时 GONGKAI_BASE_URL 须以 https:// 开头，否则登录密码将明文传输，请更换后重新启动")


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
