"""Who may open the screens of the gate; what each may do there its verbs decide."""

from gongkai.foundation.access import SIGNED_IN, STAFF, Role, declare
from gongkai.review.services.deciding import REVIEWERS
from gongkai.review.services.verifying import VERIFIERS

declare(
    STAFF,
    "review_register",
    "review_register_results",
    "review_entries",
    "review_entries_results",
    "review_entry",
    "review_release",
    "review_file",
    "review_picture",
)
declare(STAFF, "review_waiting", "review_board", "review_live")
declare(set(REVIEWERS), "review_decide")
declare({Role.CLERK, Role.OFFICE}, "review_put_forward")
declare({Role.OFFICE}, "review_rules")
declare(
    {Role.SECRECY_ADMIN, Role.OFFICE, Role.AUDITOR, Role.SECRECY_REVIEWER},
    "review_incidents",
    "review_incidents_results",
    "review_incident",
)
declare(SIGNED_IN, "review_secret_procedure")
declare(STAFF, "review_months", "review_form")
declare(set(VERIFIERS), "review_verify", "review_verification")

INSPECTING = {Role.SECRECY_ADMIN, Role.OFFICE, Role.AUDITOR}
declare(INSPECTING, "review_inspections", "review_inspections_results", "review_inspection", "review_inspection_entry")
declare(INSPECTING, "review_inspection_report")
declare({Role.SECRECY_ADMIN}, "review_inspection_begin")

declare(STAFF, "review_recalls", "review_recalls_results", "review_recalls_keep", "review_recall")
declare(INSPECTING, "review_rescreenings", "review_rescreening", "review_word_lists", "review_word_list")
declare({Role.OFFICE, Role.SECRECY_ADMIN}, "review_word_list_add")
