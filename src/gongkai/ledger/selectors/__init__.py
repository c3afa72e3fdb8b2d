"""The queries of the ledger worth naming."""

from gongkai.ledger.selectors.board import Board, Cell, Row, board
from gongkai.ledger.selectors.counting import Look, Totals, count_by, look_of, sum_of
from gongkai.ledger.selectors.duties import Duty, duties
from gongkai.ledger.selectors.filters import Filters
from gongkai.ledger.selectors.home import HomeFigures, Week, home_figures, trend
from gongkai.ledger.selectors.lists import DueDay, by_body, by_item, timeline
from gongkai.ledger.selectors.missing import days_left, missing, return_reasons, with_work
from gongkai.ledger.selectors.my_tasks import TaskRow, my_tasks, task_rows

__all__ = [
    "Board",
    "Cell",
    "DueDay",
    "Duty",
    "Filters",
    "HomeFigures",
    "Look",
    "Row",
    "TaskRow",
    "Totals",
    "Week",
    "board",
    "by_body",
    "by_item",
    "count_by",
    "days_left",
    "duties",
    "home_figures",
    "look_of",
    "missing",
    "my_tasks",
    "return_reasons",
    "sum_of",
    "task_rows",
    "timeline",
    "trend",
    "with_work",
]
