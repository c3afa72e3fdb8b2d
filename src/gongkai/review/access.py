"""Who may open the screens of the gate."""

from gongkai.foundation.access import STAFF, Role, declare

declare(STAFF, "review_register", "review_register_results", "review_release")
declare({Role.LEADER}, "review_waiting", "review_decide")
