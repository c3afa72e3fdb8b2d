"""“通知” among a person's own settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from gongkai.foundation.notifications.channels import channels
from gongkai.foundation.notifications.models import Preference

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PreferenceForm(forms.ModelForm):  # type: ignore[type-arg]
    used = forms.MultipleChoiceField(
        label=_("接收渠道"),
        choices=lambda: [(key, channel.label) for key, channel in channels().items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("站内通知始终保留"),
    )
    digest_hours = forms.TypedMultipleChoiceField(
        label=_("汇总发送时间"),
        coerce=int,
        choices=HOURS,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("非紧急通知在这些时间合并为一封发送"),
    )

    class Meta:
        model = Preference
        fields = ["digest_hours", "quiet_from", "quiet_until"]
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M") for name in ("quiet_from", "quiet_until")
        }
        help_texts = {"quiet_until": _("开始与结束相同表示不设免打扰")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["used"] = [key for key in channels() if key not in self.instance.muted]

    def save(self, commit: bool = True) -> Preference:
        self.instance.muted = [key for key in channels() if key not in self.cleaned_data["used"]]
        preference: Preference = super().save(commit)
        return preference


class PreferencePanel(BaseSettingsPanel):
    name = "gongkai_notifications"
    title = _("通知")
    tab = notifications_tab
    order = 50
    form_class = PreferenceForm

    def get_form(self) -> PreferenceForm:
        preference = Preference.objects.filter(user=self.user).first() or Preference(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, instance=preference, prefix=self.name)


@hooks.register("register_account_settings_panel")
def panel(request: Any, user: Any, profile: Any) -> PreferencePanel:
    return PreferencePanel(request, user, profile)
