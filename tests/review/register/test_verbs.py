"""No verb of the review changes anything without an entry in the register."""

from __future__ import annotations

import ast
from pathlib import Path

import gongkai.review
from gongkai.foundation.access import verbs

REVIEW = Path(gongkai.review.__file__).parent
# Verbs that are no act on a release, and why.
EXEMPT = {
    "review.set_steps": "a setting for releases to come; its event tells who changed it",
    "review.verify_register": "looks at the register and adds nothing to it; kept as a verification",
}
WRITERS = {"note", "note_step", "note_closed", "note_public", "note_requested", "note_opinion", "note_incident"}


def calls() -> dict[str, set[str]]:
    """Function -> the names it calls, over all modules of the review but its faces, where names mean other things."""
    found: dict[str, set[str]] = {}
    for path in REVIEW.rglob("*.py"):
        if path.parent.name in ("views", "migrations") or path.name == "wagtail_hooks.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                called = {
                    getattr(one.func, "id", getattr(one.func, "attr", ""))
                    for one in ast.walk(node)
                    if isinstance(one, ast.Call)
                }
                found.setdefault(node.name, set()).update(called)
    return found


def reaches_register(name: str, table: dict[str, set[str]]) -> bool:
    seen, waiting = set(), [name]
    while waiting:
        for called in table.get(waiting.pop(), set()) - seen:
            if called in WRITERS:
                return True
            seen.add(called)
            waiting.append(called)
    return False


def test_every_verb_of_the_review_appends_an_entry():
    table = calls()
    ours = [verb for verb in verbs if verb.key.startswith("review.") and verb.key not in EXEMPT]
    assert len(ours) >= 12
    assert [verb.key for verb in ours if not reaches_register(verb.function.__name__, table)] == []


def test_the_test_can_fail():
    table = calls()
    assert not reaches_register("verify_register", table) and not reaches_register("set_steps", table)


def test_exempt_verbs_exist():
    assert {verb.key for verb in verbs} >= set(EXEMPT)
