"""Who may open the addresses of the room; the verbs behind the buttons ask again."""

from gongkai.foundation.access import PUBLIC, STAFF, Role, declare

declare(PUBLIC, "disclosure_public_kinds", "disclosure_public_kind")
declare(
    STAFF,
    "disclosure_records",
    "disclosure_records_results",
    "disclosure_key_fields",
    "disclosure_duties",
    "disclosure_answers",
)
declare({Role.OFFICE}, "disclosure_promise", "disclosure_key_field_add", "disclosure_key_field")
declare(
    {Role.CLERK, Role.OFFICE},
    "disclosure_new",
    "disclosure_add",
    "disclosure_follow_up",
    "disclosure_import",
    "disclosure_import_run",
    "disclosure_import_errors",
    "disclosure_template",
    "disclosure_duty_add",
    "disclosure_duty",
    "disclosure_suggest",
)
