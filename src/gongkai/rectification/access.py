"""Who may open the screens of rectification; the verbs behind the buttons ask again."""

from gongkai.foundation.access import STAFF, Role, declare

declare(
    STAFF,
    "rectification_cases",
    "rectification_cases_results",
    "rectification_board",
    "rectification_case",
    "rectification_act",
)
declare({Role.CLERK}, "rectification_mine", "rectification_mine_results")
declare({Role.OFFICE}, "rectification_urge")
