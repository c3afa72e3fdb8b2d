"""Who is told when something was refused: `review` keeps the incidents, a floor above."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.dispatch import receiver
from django_tasks.signals import task_finished

from gongkai.foundation.guard.refusals import SecretSuspected

if TYPE_CHECKING:
    from gongkai.foundation.accounts.models import User


@dataclass(frozen=True, slots=True)
class Refusal:
    """way: form, upload, address, command or task; address: name of the view, command or task; never the text."""

    way: str
    address: str
    rule: str
    actor: User | None = None


Reporter = Callable[[Refusal], object]
_reporters: list[Reporter] = []


def use_reporter(reporter: Reporter) -> None:
    """Called once at start by the room that keeps the register."""
    _reporters[:] = [reporter]


def report(refusal: Refusal) -> None:
    """Tell it, after what was refused has been rolled back."""
    for reporter in _reporters:
        reporter(refusal)


@contextmanager
def reporting(way: str, address: str, actor: User | None = None) -> Iterator[None]:
    """Around what a command or a job does: what was refused inside is told once, and goes on its way."""
    try:
        yield
    except SecretSuspected as refusal:
        if not refusal.reported:
            refusal.reported = True
            report(Refusal(way, address, refusal.rule, actor))
        raise


@receiver(task_finished)
def task_ended(sender: Any, task_result: Any, **kwargs: Any) -> None:
    """A task of the queue that a net stopped; what it was given was checked when it was queued."""
    stopped = f"{SecretSuspected.__module__}.{SecretSuspected.__qualname__}"
    if any(error.exception_class_path == stopped for error in task_result.errors):
        report(Refusal("task", task_result.task.module_path, ""))
