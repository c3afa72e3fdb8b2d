"""Who may open the addresses of the ledger."""

from gongkai.foundation.access import BODY_ROLES, PUBLIC, STAFF, Role, declare

# Daily work: everybody sees the part of the ledger that the roles held reach; the verbs behind the buttons ask again.
declare(
    STAFF,
    "ledger_board",
    "ledger_tasks",
    "ledger_by_item",
    "ledger_by_body",
    "ledger_timeline",
    "ledger_export",
    "ledger_item",
    "ledger_item_act",
    "ledger_assignment",
    "ledger_act",
    "ledger_evidence_act",
    "ledger_evidence_file",
    "ledger_bulk",
    "ledger_undo",
)
declare(BODY_ROLES, "ledger_my_tasks")

# The public ledger: its views show only what has passed the gate. The office puts forward and answers.
declare(PUBLIC, "ledger_public_years", "ledger_public_plan", "ledger_public_item", "ledger_public_file")
declare({Role.OFFICE}, "ledger_release", "ledger_feedback", "ledger_feedback_results", "ledger_feedback_answer")

# From a notice to the year's ledger: the office alone.
declare({Role.OFFICE}, "ledger_import", "ledger_import_review", "ledger_import_file", "ledger_import_plan")
