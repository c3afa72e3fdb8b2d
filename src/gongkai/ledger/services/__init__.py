"""The verbs of the ledger."""

from gongkai.ledger.services import handing_over as handing_over
from gongkai.ledger.services.assigning import Assigned, assign, split_item, withdraw_assignment
from gongkai.ledger.services.bulk import BulkResult, Refusal, accept_many, close_many, return_many, undo
from gongkai.ledger.services.evidence import (
    add_file,
    add_link,
    add_note,
    add_record,
    overrule_check,
    recheck,
    remove_evidence,
    use_evidence,
)
from gongkai.ledger.services.feedback import answer_feedback, hide_feedback, leave_feedback
from gongkai.ledger.services.importing import archive, commit, discard, read_kept, roll_over, settle, upload_notice
from gongkai.ledger.services.publishing import release
from gongkai.ledger.services.talk import comment
from gongkai.ledger.services.tasks import (
    Doubt,
    Submission,
    accept,
    check_in,
    close,
    delegate,
    extend,
    reopen,
    send_back,
    submit,
)
from gongkai.ledger.services.urging import urge, urge_due, urge_many, urge_reports

__all__ = [
    "Assigned",
    "BulkResult",
    "Doubt",
    "Refusal",
    "Submission",
    "accept",
    "accept_many",
    "add_file",
    "add_link",
    "add_note",
    "add_record",
    "answer_feedback",
    "archive",
    "assign",
    "check_in",
    "close",
    "close_many",
    "comment",
    "commit",
    "delegate",
    "discard",
    "extend",
    "hide_feedback",
    "leave_feedback",
    "overrule_check",
    "read_kept",
    "recheck",
    "release",
    "remove_evidence",
    "reopen",
    "return_many",
    "roll_over",
    "send_back",
    "settle",
    "split_item",
    "submit",
    "undo",
    "upload_notice",
    "urge",
    "urge_due",
    "urge_many",
    "urge_reports",
    "use_evidence",
    "withdraw_assignment",
]
