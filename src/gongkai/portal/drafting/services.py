"""The verbs: an article begun from a template, a template made of an article, and put out of use."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.bodies.models import Body
from gongkai.foundation import clock
from gongkai.foundation.access import Role, verb, verbs
from gongkai.foundation.access.verbs import demand
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import change
from gongkai.portal.alone import held
from gongkai.portal.drafting.skeletons import Skeleton
from gongkai.portal.models import ArticlePage, ArticleTemplate, ColumnPage
from gongkai.portal.standing import body_of

WRITERS = (Role.CLERK, Role.OFFICE)


def templates_for(body: Body) -> QuerySet[ArticleTemplate]:
    """Those a body may use: its own and its county's."""
    serving = Q(body=body) | Q(body=body.root)
    return ArticleTemplate.objects.filter(serving, dropped_at__isnull=True).select_related("body")


@verb("portal.begin_article", gettext_lazy("套用模板"), *WRITERS)
def begin_article(actor: User | None, column: ColumnPage, template: ArticleTemplate | Skeleton) -> ArticlePage:
    """A draft in the column with the words of the template; what is to be filled in keeps it from being put forward."""
    actor = cast(User, actor)
    owner = owner_of(column)
    demand(actor, verbs.get("portal.begin_article"), owner.pk)
    if isinstance(template, ArticleTemplate) and not templates_for(owner).filter(pk=template.pk).exists():
        raise ValidationError(_("模板“%s”已停用，或者属于其他单位") % template.name)
    article = ArticlePage(title=template.title, summary=template.summary, owner=actor, live=False)
    article.body = template.body if isinstance(template, Skeleton) else template.html
    if isinstance(template, Skeleton) and template.days:
        article.expire_at = clock.now() + timedelta(days=template.days)
    column = held(column)  # two that begin in one second must not count the same children
    article.slug = f"{clock.now():%Y%m%d%H%M%S}-{column.numchild + 1}"
    column.add_child(instance=article)
    article.save_revision(user=actor, log_action=True)
    return article


@verb("portal.keep_template", gettext_lazy("另存为模板"), *WRITERS)
def keep_template(actor: User | None, article: ArticlePage, name: str) -> ArticleTemplate:
    """Of the newest draft of an article: its words, not its files, days or address."""
    actor = cast(User, actor)
    owner = owner_of(article)
    demand(actor, verbs.get("portal.keep_template"), owner.pk)
    if not name.strip():
        raise ValidationError(_("请填写模板名称"))
    if templates_for(owner).filter(body=owner, name=name.strip()).exists():
        raise ValidationError(_("已有名为“%s”的模板，请换一个名称，或者先停用原来的") % name.strip())
    draft = article.get_latest_revision_as_object()
    template = ArticleTemplate(body=owner, made_by=actor)
    with change(template, "portal.keep_template", actor=actor):
        template.name, template.title = name.strip(), draft.title
        template.summary, template.html = draft.summary, draft.body
    return template


@verb("portal.drop_template", gettext_lazy("停用模板"), *WRITERS, body="template.body_id")
def drop_template(actor: User | None, template: ArticleTemplate) -> None:
    with change(template, "portal.drop_template", actor=actor):
        template.dropped_at = clock.now()


def owner_of(page: ColumnPage | ArticlePage) -> Body:
    """The body in whose section the page is; refused for one that is in none."""
    owner = Body.objects.filter(pk=body_of(page) or 0).first()
    if owner is None:
        raise ValidationError(_("“%s”不在任何单位的专栏里") % page.title)
    return owner
