"""Wagtail groups in step with roles: one group per body (named by its code) and one for everybody who works here.

The portal gives each body's group its one page permission, at the body's section; nobody is ever given page
permissions column by column.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from gongkai.bodies.directory import BodyDirectory
from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import BODY_ROLES, Role
from gongkai.foundation.accounts.models import User

STAFF_GROUP = "工作人员"
# Secrecy administration, auditors and system administrators look; they do not edit a body's pages.
EDITING = BODY_ROLES | {Role.OFFICE}


def staff_group() -> Group:
    """The group whose members may open the back office."""
    group, made = Group.objects.get_or_create(name=STAFF_GROUP)
    if made or not group.permissions.filter(codename="access_admin").exists():
        kind, _ = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
        permission, _ = Permission.objects.get_or_create(
            content_type=kind, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
        )
        group.permissions.add(permission)
    return group


def group_of(body: Body) -> Group:
    """The group that has the rights of the body's section."""
    return Group.objects.get_or_create(name=body.code)[0]


def keep_in_step(user: User) -> None:
    """Put `user` into the groups of the roles held today, and out of those of other bodies; other groups stay."""
    grants = BodyDirectory().grants(user, clock.today())
    edited = {grant.body_id for grant in grants if grant.role in EDITING and grant.body_id is not None}
    wanted = {group_of(body).pk for body in Body.objects.filter(pk__in=edited)}
    if grants:
        wanted.add(staff_group().pk)
    ours = user.groups.filter(name__in=[STAFF_GROUP, *Body.objects.order_by().values_list("code", flat=True)])
    present = set(ours.values_list("pk", flat=True))
    user.groups.remove(*present - wanted)
    user.groups.add(*wanted - present)


def keep_body_in_step(body: Body) -> None:
    """The same for everybody with a role in the body, or standing in for one."""
    _keep(Q(holdings__body=body) | Q(deputising__holding__body=body))


def keep_all_in_step() -> int:
    """The same for everybody who ever held or stood in for something; how many people were looked at."""
    return _keep(Q(holdings__isnull=False) | Q(deputising__isnull=False))


def _keep(people: Q) -> int:
    found = User.objects.filter(people).distinct()
    for user in found:
        keep_in_step(user)
    return len(found)
