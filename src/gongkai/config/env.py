"""The environment variables Gongkai reads, each declared once: name, default, meaning."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import NoReturn


def refuse(line: str) -> NoReturn:
    """End the start with status 2: one line that says what, where and what to do."""
    sys.stderr.write(f"{line}\n")
    raise SystemExit(2)


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    default: str
    meaning: str

    def text(self) -> str:
        return os.environ.get(self.name, self.default).strip()

    def flag(self) -> bool:
        return self.text().lower() in {"1", "true", "yes", "on"}

    def number(self) -> int:
        try:
            return int(self.text())
        except ValueError:
            refuse(f"环境变量 {self.name} 应为整数，现为“{self.text()}”")

    def words(self) -> list[str]:
        return [word.strip() for word in self.text().split(",") if word.strip()]


DECLARED: dict[str, Variable] = {}


def _declare(name: str, default: str, meaning: str) -> Variable:
    DECLARED[name] = Variable(name, default, meaning)
    return DECLARED[name]


PRODUCTION = _declare(
    "GONGKAI_PRODUCTION",
    "0",
    "1 = real use: demo people, DEBUG, GONGKAI_NOW, weak keys, open hosts and unencrypted addresses are refused",
)
DEBUG = _declare("GONGKAI_DEBUG", "0", "1 = Django's debug pages; refused in production")
DATA = _declare("GONGKAI_DATA", "var", "folder of everything that is kept: database, uploads, evidence, keys")
SECRET_KEY = _declare("GONGKAI_SECRET_KEY", "", "signs sessions and forms; made and kept in GONGKAI_DATA when absent")
VAULT_KEYS = _declare(
    "GONGKAI_VAULT_KEYS", "", "comma-separated encryption keys, newest first; made and kept in GONGKAI_DATA when absent"
)
DATABASE_URL = _declare("DATABASE_URL", "", "postgres://user:password@host/name; absent = SQLite in GONGKAI_DATA")
HOSTS = _declare("GONGKAI_HOSTS", "127.0.0.1,localhost,[::1]", "host names that are served")
BASE_URL = _declare(
    "GONGKAI_BASE_URL",
    "http://127.0.0.1:8000",
    "address of this installation, used in mails and on public pages; `gongkai serve` for this machine takes its own",
)
NOW = _declare(
    "GONGKAI_NOW", "", "a moment (2023-09-20T09:00:00+08:00) at which every process stands; refused in production"
)
EMAIL_URL = _declare(
    "GONGKAI_SMTP",
    "",
    "smtp://user:password@host:port (smtps:// = TLS, smtp+tls:// = STARTTLS); absent = mails go to GONGKAI_DATA/mail",
)
EMAIL_FROM = _declare("GONGKAI_MAIL_FROM", "gongkai@localhost", "sender of mails")
CHANNELS = _declare(
    "GONGKAI_CHANNELS",
    "gongkai.foundation.notifications.mail.MailChannel",
    "classes that carry notices out of the product, comma-separated: mail.MailChannel, webhook.WebhookChannel, own",
)
WEBHOOK = _declare(
    "GONGKAI_WEBHOOK", "", "address that takes notices as JSON and sends them on by SMS or WeCom (see webhook.py)"
)
WEBHOOK_SECRET = _declare(
    "GONGKAI_WEBHOOK_SECRET", "", "key of the signature under which notices go to GONGKAI_WEBHOOK"
)
PROXIES = _declare("GONGKAI_PROXIES", "0", "number of trusted reverse proxies in front, for the address of a visitor")
UPLOAD_MB = _declare("GONGKAI_UPLOAD_MB", "100", "largest file taken, in megabytes")
PAGE_CACHE_MB = _declare(
    "GONGKAI_PAGE_CACHE_MB", "64", "memory for public pages that are kept, in megabytes for each process; 0 keeps none"
)
URGE_DAYS = _declare("GONGKAI_URGE_DAYS", "7", "days after which an overdue task, or a missed report, is urged again")
REVIEW_DAYS = _declare("GONGKAI_REVIEW_DAYS", "2", "working days in which one review step should be taken")
URGENT_MINUTES = _declare("GONGKAI_URGENT_MINUTES", "30", "minutes for one step of an urgent review")
LOOK_AGAIN_DAYS = _declare(
    "GONGKAI_LOOK_AGAIN_DAYS", "3", "working days in which what was published urgently is looked at again"
)
MEND_DAYS = _declare(
    "GONGKAI_MEND_DAYS",
    "10",
    "working days given to mend a problem when its source names no term (a default of the system, not law)",
)
ESCALATE_DAYS = _declare(
    "GONGKAI_ESCALATE_DAYS",
    "5",
    "days overdue after which a body's leader is told of a problem, after twice as many the office "
    "(a default of the system, not law)",
)
RESCREEN_DAYS = _declare(
    "GONGKAI_RESCREEN_DAYS",
    "3",
    "working days in which a finding in something public is decided before it goes out of public view "
    "(the product's own default, no rule sets it)",
)
CHECK_LINKS = _declare(
    "GONGKAI_CHECK_LINKS",
    "0",
    "1 = addresses of other sites that public articles link to and rows of catalogues point to are asked every "
    "night; 0 = they are not: links are not judged, such rows count for nothing",
)
FETCH_PRIVATE = _declare(
    "GONGKAI_FETCH_PRIVATE",
    "",
    "private hosts that evidence links may point at, comma-separated (intranet sites)",
)
