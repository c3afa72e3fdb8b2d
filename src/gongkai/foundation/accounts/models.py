"""The person who signs in. What a person may do comes from the roles held in bodies, a floor above."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """用户."""

    name = models.CharField(_("姓名"), max_length=40, blank=True)
    phone = models.CharField(_("办公电话"), max_length=40, blank=True, help_text=_("单位办公电话，不填个人手机号"))
    must_change_password = models.BooleanField(
        _("下次登录须修改密码"), default=False, help_text=_("由他人重置密码后自动设置")
    )

    demo = models.BooleanField(_("示例人员"), default=False, editable=False, help_text=_("正式环境中不能登录"))

    class Meta:
        verbose_name = verbose_name_plural = _("用户")

    def set_password(self, raw_password: str | None) -> None:
        """A password that a person chooses is no longer a temporary one."""
        super().set_password(raw_password)
        self.must_change_password = False

    def get_full_name(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    def __str__(self) -> str:
        return self.get_full_name()
