"""Who may open the screens of bodies and people."""

from gongkai.foundation.access import STAFF, Role, declare

# The register of bodies is open to everybody who works here, each seeing the bodies reached.
declare(
    {*STAFF, Role.SYSADMIN},
    "bodies_index",
    "bodies_index_results",
    "bodies_tree",
    "bodies_detail",
    "bodies_name_deputy",
    "bodies_end_deputy",
)
declare(
    {Role.OFFICE},
    "bodies_add",
    "bodies_edit",
    "bodies_rename",
    "bodies_dissolve",
    "bodies_restore",
    "bodies_import",
)
declare(
    {Role.OFFICE, Role.SYSADMIN},
    "bodies_people",
    "bodies_people_results",
    "bodies_person",
    "bodies_person_add",
    "bodies_person_edit",
    "bodies_appoint",
    "bodies_hand_over",
    "bodies_reset_password",
)
declare({Role.OFFICE, Role.CLERK}, "bodies_describe")
declare({Role.OFFICE, Role.SYSADMIN, Role.LEADER}, "bodies_end_holding")
declare({Role.SYSADMIN}, "bodies_add_county")
