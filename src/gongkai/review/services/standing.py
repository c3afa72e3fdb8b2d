"""Acting on records in which a rule that is newer than they are suspects a state secret."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.utils.translation import gettext as _

from gongkai.core.screening.secrets import suspected_in
from gongkai.foundation.accounts.models import User
from gongkai.foundation.guard import SecretSuspected
from gongkai.foundation.guard.judging import writing_what_stands

P = ParamSpec("P")
R = TypeVar("R")


def on_what_stands(
    function: Callable[Concatenate[User | None, P], R],
) -> Callable[Concatenate[User | None, P], R]:
    """A verb that closes, holds or decides: it saves the record it is about, which must not keep it from being done.

    What is newly said with it is judged like everything else before it is written.
    """

    @wraps(function)
    def act(actor: User | None, /, *args: P.args, **kwargs: P.kwargs) -> R:
        for said in (*args, *kwargs.values()):
            if isinstance(said, str) and (rule := suspected_in(said)):
                raise SecretSuspected(_("办理意见"), rule)
        with writing_what_stands():
            return function(actor, *args, **kwargs)

    return act
