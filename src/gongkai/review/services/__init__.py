"""The verbs of the gate: put forward by one person, passed by several others, sent back, withdrawn, held.

Nothing is ever let through by the system itself; what it does alone (holding, the end of a posting period) only closes.
"""

from gongkai.review.services.closing import expire, hold, reopen, resume, withdraw
from gongkai.review.services.deciding import approve, send_back
from gongkai.review.services.describing import archive, describe
from gongkai.review.services.disposing import dispose, mask
from gongkai.review.services.incidents import close_incident, report_incident, take_down
from gongkai.review.services.inspecting import (
    begin_inspection,
    cancel_inspection,
    close_inspection,
    confirm_mended,
    judge_conforming,
    judge_entry,
)
from gongkai.review.services.looking_again import look_again
from gongkai.review.services.opinions import answer, ask
from gongkai.review.services.recalls import change_recall, hold_overdue, keep_recall, keep_recalls, withdraw_recall
from gongkai.review.services.requesting import UNCHANGED, request
from gongkai.review.services.rescreening import begin_rescreening, resume_rescreening, stop_rescreening
from gongkai.review.services.rules import set_steps
from gongkai.review.services.verifying import begin_verification, verify_register
from gongkai.review.services.word_lists import add_word_list, end_word_list

__all__ = [
    "UNCHANGED",
    "add_word_list",
    "answer",
    "approve",
    "archive",
    "ask",
    "begin_inspection",
    "begin_rescreening",
    "begin_verification",
    "cancel_inspection",
    "change_recall",
    "close_incident",
    "close_inspection",
    "confirm_mended",
    "describe",
    "dispose",
    "end_word_list",
    "expire",
    "hold",
    "hold_overdue",
    "judge_conforming",
    "judge_entry",
    "keep_recall",
    "keep_recalls",
    "look_again",
    "mask",
    "reopen",
    "report_incident",
    "request",
    "resume",
    "resume_rescreening",
    "send_back",
    "set_steps",
    "stop_rescreening",
    "take_down",
    "verify_register",
    "withdraw",
    "withdraw_recall",
]
