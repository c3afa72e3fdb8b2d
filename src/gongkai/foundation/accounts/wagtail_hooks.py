"""What people set about themselves in Wagtail's account screen; it is recorded like everything else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from wagtail.admin.views.account import AvatarSettingsPanel, ChangePasswordPanel, NameEmailSettingsPanel

from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import record


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """Wagtail asks for a first and a last name; here people have one name."""

    class Meta:
        model = User
        fields = ["name", "phone", "email"]

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit)
        before = {name: self.initial[name] for name in self.changed_data}
        if before:
            after = {name: self.cleaned_data[name] for name in before}
            record("accounts.change_own", user, actor=user, before=before, after=after)
        return user


class PasswordForm(PasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Django's form is a page of its own; here a focus would scroll past the name, the telephone and the theme.
        del self.fields["old_password"].widget.attrs["autofocus"]

    def save(self, commit: bool = True) -> Any:
        user = super().save(commit)
        record("accounts.change_password", user, actor=user)
        return user


def _never(panel: AvatarSettingsPanel) -> bool:
    """A picture of oneself would lie among the public files, reviewed by nobody."""
    return False


AvatarSettingsPanel.is_active = _never
NameEmailSettingsPanel.form_class = PersonForm
ChangePasswordPanel.form_class = PasswordForm
