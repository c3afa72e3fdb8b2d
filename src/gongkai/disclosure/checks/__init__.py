"""Named checks that kinds use: what must hold before a record is put forward.

A check is given the record and the arguments of its declaration, and yields what is wrong: (key of the field or "",
words).
"""

from gongkai.disclosure.checks import between, budget, following, people, readings  # noqa: F401 - each registers its checks
from gongkai.disclosure.checks.registry import Check, Problem, check, checks

__all__ = ["Check", "Problem", "check", "checks"]
