"""The verbs of rectification."""

from gongkai.rectification.services.collecting import collect, open_case
from gongkai.rectification.services.mending import recheck, report_mended
from gongkai.rectification.services.ruling import (
    end_exception,
    except_until,
    expire_exceptions,
    overrule,
    reassign,
)
from gongkai.rectification.services.urging import Refusal, Urged, escalate, urge

__all__ = [
    "Refusal",
    "Urged",
    "collect",
    "end_exception",
    "escalate",
    "except_until",
    "expire_exceptions",
    "open_case",
    "overrule",
    "reassign",
    "recheck",
    "report_mended",
    "urge",
]
