"""One page type for every kind: what differs between kinds stands in their declarations."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TitleFieldPanel
from wagtail.models import Orderable

from gongkai.bodies.models import Body
from gongkai.disclosure.clocks import clock_of, posting_ends
from gongkai.disclosure.declaring import Field, Kind, kinds, show
from gongkai.disclosure.forms import RecordForm
from gongkai.disclosure.models.numbers import next_numbers
from gongkai.disclosure.panels import DeclaredPanel, FollowsPanel, RecordEditor
from gongkai.foundation import clock
from gongkai.portal.models.columns import SLUG_HELP
from gongkai.portal.models.documents import AttachmentFile
from gongkai.portal.models.reviewed import ReviewedPage
from gongkai.portal.standing import body_of
from gongkai.portal.tags import DESCRIBED, ContentTags, moment_of
from gongkai.review.models import Attribute

FROM_HELP = _("选填。签发后到这个时间才公开；不填则签发后立即公开")
UNTIL_HELP = _("到这个时间自动撤下，网页改为提示公示期已满；本类内容规定有公示期的，不填则按规定自动填写")


class RecordPage(ReviewedPage):  # type: ignore[django-manager-missing]
    """公开信息: one record of a kind, with the fields that the kind declares.

    fields: values as `declaring.values` stores them. formed_on: when the information was formed or changed, where the
    clock of Article 26 starts. due_on: what that clock says, kept so that lists can be asked for it. body: whose
    section it stands in. follows: the earlier record that this one goes on from.
    """

    kind = models.CharField(_("种类"), max_length=40, db_index=True)
    summary = models.TextField(_("摘要"), blank=True, max_length=500, help_text=_("列表中显示在标题下方"))
    fields = models.JSONField(_("内容"), default=dict, blank=True)
    formed_on = models.DateField(_("形成日期"), null=True, blank=True, db_index=True)
    published_on = models.DateField(_("发布日期"), default=clock.today, help_text=_("显示在标题下方，列表按此排序"))
    due_on = models.DateField(_("公开时限"), null=True, editable=False, db_index=True)
    basis = models.TextField(_("公开依据"), blank=True, max_length=500, help_text=_("选填。不填则为本类内容的依据"))
    attribute = models.CharField(_("公开属性"), max_length=20, choices=Attribute, default=Attribute.PROACTIVE)
    index_number = models.CharField(_("索引号"), max_length=90, unique=True, blank=True, editable=False)
    body = models.ForeignKey(Body, verbose_name=_("单位"), on_delete=models.PROTECT, editable=False, related_name="+")
    follows = models.ForeignKey(
        "self", verbose_name=_("承接"), null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )

    template = "disclosure/record_page.html"
    parent_page_types: ClassVar[list[str]] = ["portal.ColumnPage"]
    subpage_types: ClassVar[list[str]] = []
    exclude_fields_in_copy: ClassVar[list[str]] = ["index_number"]
    content_panels: ClassVar[list[Any]] = [
        DeclaredPanel(),
        TitleFieldPanel("title", heading=_("标题"), placeholder=_("公开时显示的标题")),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("formed_on"), FieldPanel("published_on")]),
        FollowsPanel("follows"),
        DeclaredPanel(fields=True),
        InlinePanel("attachments", heading=_("附件"), label=_("附件")),
        MultiFieldPanel([FieldPanel("attribute"), FieldPanel("basis")], heading=_("公开属性和依据")),
        MultiFieldPanel(
            [
                FieldPanel("go_live_at", heading=_("定时公开"), help_text=FROM_HELP),
                FieldPanel("expire_at", heading=_("公示截止"), help_text=UNTIL_HELP),
            ],
            heading=_("公开时间"),
        ),
        FieldPanel("slug", heading=_("网址"), help_text=SLUG_HELP),
    ]
    edit_handler = RecordEditor([ObjectList(content_panels, heading=_("内容"))], base_form_class=RecordForm)

    class Meta:
        verbose_name = verbose_name_plural = _("公开信息（按种类填写）")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "body"], name="disclosure_kind_body"),
            models.Index(fields=["-published_on", "-page_ptr"], name="disclosure_newest"),
        ]

    @cached_property
    def declared(self) -> Kind:
        """The declaration of its kind."""
        try:
            return kinds()[self.kind]
        except KeyError:
            raise ValidationError(gettext("没有“%s”这类内容") % self.kind) from None

    @property
    def is_posting(self) -> bool:
        """Whether it is shown for a time only: of a kind that lists people, when it does list some."""
        return self.declared.posting is not None and (
            not self.declared.people or bool(self.fields.get(self.declared.people))
        )

    def filled(self) -> list[tuple[Field, Any]]:
        """The declared fields that say something, in their order."""
        stored = [(field, self.fields.get(field.key)) for field in self.declared.fields]
        return [(field, value) for field, value in stored if value is not None]

    def clean(self) -> None:
        super().clean()
        self._end_posting()

    def _end_posting(self) -> None:
        """公示截止 by the rule of the kind, when nobody chose another day."""
        if getattr(self, "expire_at", None) is None and self.kind in kinds() and self.is_posting:
            self.expire_at = posting_ends(self.declared, self.published_on)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._settle()
        super().save(*args, **kwargs)

    def _settle(self) -> None:
        """What follows from the rest: whose it is, its number, when it is due and when its posting ends."""
        owner = body_of(self)
        if owner is None:
            raise ValidationError(gettext("公开信息须在单位专栏的栏目中起草"))
        self.body_id = owner
        self._end_posting()
        if not self.index_number:
            self.index_number = next_numbers(self.body, (self.formed_on or clock.today()).year)[0]
        self.due_on = clock_of(self.declared, self.formed_on).due if self.formed_on else None

    def with_content_json(self, content: Any) -> RecordPage:
        """The number and the kind are facts of the record, not of one of its drafts."""
        draft: RecordPage = super().with_content_json(content)
        draft.index_number, draft.kind, draft.body_id = self.index_number, self.kind, self.body_id
        return draft

    @property
    def published_at(self) -> datetime:
        """发布时间, to the minute."""
        return moment_of(self.published_on, self.first_published_at)

    def content_tags(self, owner: str) -> ContentTags:
        """内容页标签; its keywords are the kind and the number, by which such records are looked for."""
        said = "；".join(f"{field.label}：{show(field, value)}" for field, value in self.filled()[:3])
        return ContentTags(
            title=self.title,
            published=self.published_at,
            source=owner,
            keywords=f"{self.declared.name},{self.index_number}",
            description=Truncator(self.summary or said).chars(DESCRIBED),
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from gongkai.disclosure.public.showing import shown

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | shown(self)


class RecordFile(Orderable):
    """附件: a file of the body's, under the name the public reads."""

    page = ParentalKey(RecordPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        AttachmentFile, verbose_name=_("文件"), on_delete=models.PROTECT, related_name="record_files"
    )
    title = models.CharField(_("附件名称"), max_length=200, blank=True, help_text=_("不填则用文件的标题"))

    panels: ClassVar[list[Any]] = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("附件")

    def __str__(self) -> str:
        return self.title or self.document.title
