"""The roles a person can hold in a body, and the audiences of an address."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """角色. The last four are held in the county itself and reach over all its bodies."""

    CLERK = "clerk", _("信息员")
    REVIEWER = "reviewer", _("初审人员")
    SECRECY_REVIEWER = "secrecy", _("保密审查人员")
    LEGAL_REVIEWER = "legal", _("合法性审查人员")
    LEADER = "leader", _("签发领导")
    OFFICE = "office", _("政务公开办")
    SECRECY_ADMIN = "secrecy-admin", _("保密行政管理部门")
    AUDITOR = "auditor", _("审计员")
    SYSADMIN = "sysadmin", _("系统管理员")


class Audience(models.TextChoices):
    """Audiences that are not roles."""

    PUBLIC = "public", _("社会公众")
    SIGNED_IN = "signed-in", _("全体登录用户")


COUNTY_ROLES = frozenset({Role.OFFICE, Role.SECRECY_ADMIN, Role.AUDITOR, Role.SYSADMIN})
BODY_ROLES = frozenset(Role) - COUNTY_ROLES
# Who works with the ledger; the system administrator keeps the machine running and sees no business.
STAFF: frozenset[Role | Audience] = frozenset(set(Role) - {Role.SYSADMIN})
PUBLIC: frozenset[Role | Audience] = frozenset({Audience.PUBLIC})
SIGNED_IN: frozenset[Role | Audience] = frozenset({Audience.SIGNED_IN})
