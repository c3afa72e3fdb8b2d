"""Who may open the screens of standard catalogues; the verbs behind the buttons ask again."""

from gongkai.foundation.access import PUBLIC, STAFF, Role, declare

declare(
    STAFF,
    "standards_board",
    "standards_rows",
    "standards_rows_results",
    "standards_row",
    "standards_strays",
    "standards_strays_results",
    "standards_catalogue",
)
declare(
    {Role.OFFICE, Role.CLERK},
    "standards_row_act",
    "standards_catalogue_act",
    "standards_import",
    "standards_mapping",
)
declare({Role.OFFICE}, "standards_adopt")

# Only what has passed the gate is shown.
declare(PUBLIC, "standards_public", "standards_public_catalogue")
