"""Who may open the screens of the gate."""

from gongkai.foundation.access import STAFF, Role, declare

INSPECTING = {Role.SECRECY_ADMIN, Role.OFFICE, Role.AUDITOR}

declare(STAFF, "review_register", "review_register_results", "review_release")
declare({Role.LEADER}, "review_waiting", "review_decide")
declare(INSPECTING, "review_inspections", "review_inspections_results", "review_inspection", "review_inspection_entry")
declare(INSPECTING, "review_inspection_report")
declare({Role.SECRECY_ADMIN}, "review_inspection_begin")
