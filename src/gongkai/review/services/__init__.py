"""The verbs of the gate: put forward by one person, passed by several others, sent back, withdrawn, held.

Nothing is ever let through by the system itself; what it does alone (holding, the end of a posting period) only closes.
"""

from gongkai.review.services.closing import expire, hold, resume, withdraw
from gongkai.review.services.deciding import approve, send_back
from gongkai.review.services.describing import describe
from gongkai.review.services.disposing import dispose, mask
from gongkai.review.services.incidents import close_incident, report_incident, take_down
from gongkai.review.services.looking_again import look_again
from gongkai.review.services.opinions import answer, ask
from gongkai.review.services.requesting import UNCHANGED, request
from gongkai.review.services.rules import set_steps
from gongkai.review.services.verifying import verify_register

__all__ = [
    "UNCHANGED",
    "answer",
    "approve",
    "ask",
    "close_incident",
    "describe",
    "dispose",
    "expire",
    "hold",
    "look_again",
    "mask",
    "report_incident",
    "request",
    "resume",
    "send_back",
    "set_steps",
    "take_down",
    "verify_register",
    "withdraw",
]
