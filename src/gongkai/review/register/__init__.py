"""保密审查登记簿: what happened at the gate, chained by SM3, so that a changed past shows.

`note` writes one entry in the transaction of the act itself; `verify` goes over all of them.
"""

from gongkai.review.register.chain import hold_pen
from gongkai.review.register.noting import note
from gongkai.review.register.wording import fit

__all__ = ["fit", "hold_pen", "note"]
