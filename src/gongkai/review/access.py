"""Who may open the screens of the gate."""

from gongkai.foundation.access import SIGNED_IN, STAFF, Role, declare

declare(STAFF, "review_register", "review_register_results", "review_release")
declare({Role.LEADER}, "review_waiting", "review_decide")
declare(
    {Role.SECRECY_ADMIN, Role.OFFICE, Role.AUDITOR, Role.SECRECY_REVIEWER},
    "review_incidents",
    "review_incidents_results",
    "review_incident",
)
declare(SIGNED_IN, "review_secret_procedure")
