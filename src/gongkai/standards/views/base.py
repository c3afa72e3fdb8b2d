"""What the screens of standard catalogues share."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from gongkai.bodies.models import Body
from gongkai.foundation.access import Rights, Role, rights_of
from gongkai.foundation.accounts.models import User
from gongkai.foundation.registries import Place
from gongkai.foundation.screens import Screen
from gongkai.standards.models import Catalogue
from gongkai.standards.selectors import places_for

WRITERS = (Role.OFFICE, Role.CLERK)


class Acting:
    """Who asks, and the verbs tried for them: what refuses is said, nothing is lost."""

    request: HttpRequest

    @cached_property
    def rights(self) -> Rights:
        return rights_of(self.request.user)

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    def may_write(self, body_id: int) -> bool:
        return self.rights.holds(WRITERS, body_id)

    def attempt(self, do: Any, done: str) -> bool:
        """Use a verb; its success or its refusal becomes the message."""
        try:
            result = do()
        except ValidationError as error:
            messages.error(self.request, "；".join(error.messages))
        except PermissionDenied as error:
            messages.error(self.request, str(error))
        else:
            messages.success(self.request, done % result if "%d" in done else done)
            return True
        return False


class StandardsScreen(Acting, Screen):
    header_icon = "table"

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("standards_board"), _("标准目录"))]


def step_to(catalogue: Catalogue) -> tuple[str, str]:
    return reverse("standards_catalogue", args=[catalogue.pk]), catalogue.title


def choices(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Source and key of each place where rows may stand, as one value, and its words: body, trail, name."""
    found = [(source, place) for source, places in places_for(catalogue).items() for place in places]
    names = dict(Body.objects.filter(pk__in={place.body_id for _source, place in found}).values_list("pk", "name"))
    several = len(names) > 1

    def words(place: Place) -> str:
        return " / ".join(filter(None, [names[place.body_id] if several else "", place.trail, place.label]))

    return [(f"{source} {place.key}", words(place)) for source, place in found]
