"""Who may sign in with a password."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser

from gongkai.foundation.accounts.models import User


class PasswordBackend(ModelBackend):
    """Active people; in production nobody of the example county, whose passwords everybody knows."""

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        refused = settings.PRODUCTION and getattr(user, "demo", False)
        return not refused and super().user_can_authenticate(user)
