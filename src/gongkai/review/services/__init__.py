"""The verbs of the gate: put forward by one person, passed by several others, sent back, withdrawn, held.

Nothing is ever let through by the system itself; what it does alone (holding, the end of a posting period) only closes.
"""

from gongkai.review.services.closing import expire, hold, resume, withdraw
from gongkai.review.services.deciding import approve, send_back
from gongkai.review.services.describing import describe
from gongkai.review.services.disposing import dispose, mask
from gongkai.review.services.looking_again import look_again
from gongkai.review.services.opinions import answer, ask
from gongkai.review.services.requesting import UNCHANGED, request
from gongkai.review.services.rules import set_steps

__all__ = [
    "UNCHANGED",
    "answer",
    "approve",
    "ask",
    "describe",
    "dispose",
    "expire",
    "hold",
    "look_again",
    "mask",
    "request",
    "resume",
    "send_back",
    "set_steps",
    "withdraw",
]
