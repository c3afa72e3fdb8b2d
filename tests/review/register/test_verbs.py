"""No verb of the review changes anything without an entry in the register."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import gongkai.review
from gongkai.foundation.access import verbs

REVIEW = Path(gongkai.review.__file__).parent
# Verbs that are no act on a release, and why.
EXEMPT = {
    "review.set_steps": "a setting for releases to come; its event tells who changed it",
    "review.rescreen": "looks; what is decided about what it finds is an act",
    "review.rescreen_stop": "as above",
    "review.rescreen_resume": "as above",
    "review.word_list_add": "a setting for screenings to come; its event tells who changed it",
    "review.word_list_end": "as above",
    "review.verify_register": "looks at the register and adds nothing to it; kept as a verification",
    "review.begin_verification": "as above",
}
Function = tuple[str, str]  # module and name


def writes(name: str) -> bool:
    return name == "note" or name.startswith("note_")


def calls() -> dict[Function, set[str]]:
    """What each function calls by its plain name or as `register.…`, over all modules of the review but its faces."""
    found: dict[Function, set[str]] = {}
    for path in REVIEW.rglob("*.py"):
        if path.parent.name not in ("views", "migrations", "models"):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef):
                    found[str(path), node.name] = {name for one in ast.walk(node) if (name := called(one))}
    return found


def called(node: ast.AST) -> str:
    function = getattr(node, "func", None)
    if isinstance(function, ast.Attribute) and getattr(function.value, "id", "") == "register":
        return function.attr
    return getattr(function, "id", "")


def reaches_register(module: str, name: str, table: dict[Function, set[str]]) -> bool:
    """A name means the function of the same module when there is one, else those of the others."""
    seen: set[Function] = set()
    waiting = [(module, name)]
    while waiting:
        here = waiting.pop()
        seen.add(here)
        for one in table.get(here, set()):
            if writes(one):
                return True
            own = (here[0], one)
            meant = [own] if own in table else [function for function in table if function[1] == one]
            waiting += [function for function in meant if function not in seen]
    return False


def of(verb) -> Function:
    function = inspect.unwrap(verb.function)
    return inspect.getfile(function), function.__name__


def test_every_verb_of_the_review_appends_an_entry():
    table = calls()
    ours = [verb for verb in verbs if verb.key.startswith("review.") and verb.key not in EXEMPT]
    assert len(ours) >= 20
    assert [verb.key for verb in ours if not reaches_register(*of(verb), table)] == []


def test_the_test_can_fail():
    table = calls()
    assert [key for key in EXEMPT if reaches_register(*of(verbs.get(key)), table)] == []


def test_exempt_verbs_exist():
    assert {verb.key for verb in verbs} >= set(EXEMPT)
