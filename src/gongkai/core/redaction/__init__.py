"""Floor 1. 脱敏副本: findings masked, hidden content removed, and proved by screening the copy again."""

from gongkai.core.redaction.copy import redact, redact_bytes
from gongkai.core.redaction.model import Redaction, RedactionError

__all__ = ["Redaction", "RedactionError", "redact", "redact_bytes"]
