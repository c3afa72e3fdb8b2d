"""What a public form inherits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongkai.foundation.publicforms.addresses import client_address
from gongkai.foundation.publicforms.challenge import ChallengeFailed, ask, check, question_of, spend
from gongkai.foundation.publicforms.limits import count_attempt
from gongkai.foundation.publicforms.uploads import Taken, UploadRule, take

if TYPE_CHECKING:  # at run time it goes before `forms.Form` or `forms.ModelForm`

    class Base(forms.Form): ...
else:

    class Base: ...


class Trap(forms.TextInput):
    """Nobody sees it, no screen reader speaks of it; scripts that fill in everything fill it in."""

    is_hidden = True  # rendered without a label

    def __init__(self) -> None:
        super().__init__({"autocomplete": "off", "tabindex": "-1", "aria-hidden": "true", "hidden": True})


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, each judged by `rule`; cleans to a list of `Taken`."""

    widget = FilesInput

    def __init__(self, rule: UploadRule, **options: Any) -> None:
        self.rule = rule
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[Taken]:
        files = [file for file in data if file] if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not files:
            raise ValidationError(self.error_messages["required"], code="required")
        return take(files, self.rule)


class PublicFormMixin(Base):
    """Adds the question (`answer`, `challenge`), the trap (`website`) and, with `uploads`, the field `files`.

    form_key: name of the form in counts and tokens; limit: submissions from one address per `window`;
    least_seconds: nobody fills it in faster. Use: `class Feedback(PublicFormMixin, forms.ModelForm)`, `Feedback(data,
    files, request=request)`. A form that is not valid keeps its question; one that is valid has used it up.
    """

    form_key: ClassVar[str]
    limit: ClassVar[int] = 20
    window: ClassVar[timedelta] = timedelta(hours=1)
    least_seconds: ClassVar[float] = 3
    uploads: ClassVar[UploadRule | None] = None

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)
        if self.uploads is not None:
            limits = {"count": self.uploads.count, "size": self.uploads.size // 1024 // 1024}
            hint = _("最多 %(count)d 个，每个不超过 %(size)d MB") % limits
            self.fields["files"] = FilesField(self.uploads, label=_("附件"), required=False, help_text=hint)
        self.fields["website"] = forms.CharField(label=_("请勿填写"), required=False, widget=Trap)
        self.fields["challenge"] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
        self.fields["answer"] = forms.CharField(
            max_length=10,
            error_messages={"required": _("请回答验证问题")},
            help_text=_("用于区分真人与程序，填数字或汉字都可以"),
            widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        )
        token = self.data.get(self.add_prefix("challenge"), "") if self.is_bound else ""
        self._show(token)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        wait = count_attempt(self.form_key, client_address(self.request), limit=self.limit, window=self.window)
        if wait:
            raise ValidationError(_("提交过于频繁，请 %d 分钟后再试") % -(-wait // 60))
        if cleaned.get("website"):
            raise ValidationError(_("提交的内容未通过验证，请重新填写"))
        return cleaned

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound or "answer" not in self.cleaned_data:
            return
        try:
            token, answer = self.cleaned_data.get("challenge", ""), self.cleaned_data["answer"]
            nonce = check(self.form_key, token, answer, least=self.least_seconds)
            if not self.errors:
                spend(nonce)
        except ChallengeFailed as failure:
            self.add_error("answer", str(failure))
            self._show("")

    def _show(self, token: str) -> None:
        """Put the question of `token` into the form, a new one when it does not serve."""
        challenge = question_of(self.form_key, token) if token else None
        if challenge is None:
            challenge = ask(self.form_key)
            if self.is_bound:
                data: Any = self.data
                data = data.copy()  # what a browser sent cannot be changed in place
                data[self.add_prefix("challenge")] = challenge.token
                data[self.add_prefix("answer")] = ""
                self.data = data
        self.initial["challenge"] = challenge.token
        self.fields["answer"].label = _("验证问题：%s") % challenge.question
