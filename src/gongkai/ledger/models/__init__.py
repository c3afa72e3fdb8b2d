"""Plan → group → task → item → obligation → assignment, and what people add: evidence, check-ins, comments, urging."""

from gongkai.ledger.models.assignment import Assignment, CheckIn, Origin, Role, State
from gongkai.ledger.models.batch import Batch
from gongkai.ledger.models.evidence import Evidence, EvidenceKind, EvidenceUse, LinkState
from gongkai.ledger.models.item import Item, ItemKind, Obligation, Recurrence, Target
from gongkai.ledger.models.plan import Draft, DraftState, Group, Plan, PlanState, Task
from gongkai.ledger.models.talk import Comment, Feedback, FeedbackState, Urge, UrgeKind

__all__ = [
    "Assignment",
    "Batch",
    "CheckIn",
    "Comment",
    "Draft",
    "DraftState",
    "Evidence",
    "EvidenceKind",
    "EvidenceUse",
    "Feedback",
    "FeedbackState",
    "Group",
    "Item",
    "ItemKind",
    "LinkState",
    "Obligation",
    "Origin",
    "Plan",
    "PlanState",
    "Recurrence",
    "Role",
    "State",
    "Target",
    "Task",
    "Urge",
    "UrgeKind",
]
