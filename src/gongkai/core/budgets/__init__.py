"""Budgets and final accounts (部门预算、决算) held against the sample tables: which are there, whether the sums hold.

`verify` names the cell of every sum that is wrong, and every table that is missing.
"""

from gongkai.core.budgets.rounding import is_sum
from gongkai.core.budgets.samples import Sample, samples
from gongkai.core.budgets.verifying import Problem, stated, verify

__all__ = ["Problem", "Sample", "is_sum", "samples", "stated", "verify"]
