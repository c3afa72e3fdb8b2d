"""However deep a test stands, calling from there takes no memory from the system."""

from resource import RUSAGE_SELF, getrusage
from threading import Thread

from tests.stack import on_a_wide_stack

CALLS = 200


def leaf() -> None:
    pass


# As big as several of the frames that are counted: at each edge one of those is the last before it.
leaf.__code__ = leaf.__code__.replace(co_stacksize=200)


def faults_at_each_depth(found: list[int], depth: int = 500) -> None:
    before = getrusage(RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        leaf()
    found.append(getrusage(RUSAGE_SELF).ru_minflt - before)
    if depth:
        faults_at_each_depth(found, depth - 1)


def test_no_depth_is_dear():
    found: list[int] = []
    thread = Thread(target=on_a_wide_stack, args=(faults_at_each_depth, found))  # a stack of its own, from the ground
    thread.start()
    thread.join()
    assert len(found) == 501 and max(found) < CALLS / 2


def test_tests_stand_on_it():
    found: list[int] = []
    faults_at_each_depth(found)
    assert max(found) < CALLS / 2
