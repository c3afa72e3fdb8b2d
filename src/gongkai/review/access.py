"""Who may open the screens of the gate; what each may do there its verbs decide."""

from gongkai.foundation.access import STAFF, Role, declare
from gongkai.review.services.deciding import REVIEWERS

declare(STAFF, "review_register", "review_register_results", "review_release", "review_file")
declare(STAFF, "review_waiting", "review_board")
declare(set(REVIEWERS), "review_decide")
declare({Role.CLERK, Role.OFFICE}, "review_put_forward")
declare({Role.OFFICE}, "review_rules")
