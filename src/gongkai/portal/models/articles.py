"""Articles with their attachments and pictures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from gongkai.foundation import clock
from gongkai.portal.models.columns import SLUG_HELP
from gongkai.portal.models.documents import AttachmentFile
from gongkai.portal.models.reviewed import ReviewedPage
from gongkai.portal.panels import LackingPanel
from gongkai.portal.pictures.references import address_of, references
from gongkai.portal.tags import ContentTags, excerpt, moment_of, tags_for

# What a text may hold; nothing that would reach the public beside it, such as embedded media or files.
FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "table", "picture", "hr", "link", "word"]

FROM_HELP = _("选填。签发后到这个时间才公开；不填则签发后立即公开")
TIME_HELP = _("选填。转载或补发的稿件填写原来的时刻；不填则为实际公开的时刻")
UNTIL_HELP = _("选填。到这个时间自动撤下，网页改为提示公示期已满；不填则长期公开")


class ArticlePage(ReviewedPage):  # type: ignore[django-manager-missing]
    """文章: words and attachments, public as they were signed and as long as they are."""

    summary = models.TextField(_("摘要"), blank=True, max_length=500, help_text=_("列表中显示在标题下方"))
    body = RichTextField(_("正文"), features=FEATURES)
    source = models.CharField(_("来源"), max_length=100, blank=True, help_text=_("稿件来源；本单位原创的不填"))
    published_on = models.DateField(_("发布日期"), default=clock.today, help_text=_("显示在标题下方，列表按此排序"))
    published_time = models.TimeField(_("发布时刻"), null=True, blank=True, help_text=TIME_HELP)
    keywords = models.CharField(_("关键词"), max_length=100, blank=True, help_text=_("选填。用逗号分开，供检索使用"))
    author = models.CharField(_("作者"), max_length=60, blank=True, help_text=_("选填。作者或责任编辑"))

    template = "portal/article_page.html"
    parent_page_types: ClassVar[list[str]] = ["portal.ColumnPage", "portal.BlockPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        LackingPanel(heading=_("本页还缺什么")),
        TitleFieldPanel("title", heading=_("标题"), placeholder=_("文章标题")),
        FieldPanel("summary", help_text=_("选填。一两句话，列表中显示在标题下方")),
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("published_on"), FieldPanel("published_time")]),
        FieldRowPanel([FieldPanel("source", help_text=_("选填。转载的填写原来的出处")), FieldPanel("author")]),
        FieldPanel("keywords"),
        InlinePanel("attachments", heading=_("附件"), label=_("附件")),
        MultiFieldPanel(
            [
                FieldPanel("go_live_at", heading=_("定时公开"), help_text=FROM_HELP),
                FieldPanel("expire_at", heading=_("公示截止"), help_text=UNTIL_HELP),
            ],
            heading=_("公开时间"),
        ),
        FieldPanel("slug", heading=_("网址"), help_text=SLUG_HELP),
    ]
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = verbose_name_plural = _("文章")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-published_on", "-page_ptr"], name="portal_article_newest")
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        note_pictures([self])  # of a draft too: keeping it saves the row that it is a draft of

    @property
    def published_at(self) -> datetime:
        """发布时间, to the minute."""
        return moment_of(self.published_on, self.first_published_at, self.published_time)

    def content_tags(self, owner: str) -> ContentTags:
        """内容页标签; the source of what nobody else wrote is the body in whose section it stands, `owner`."""
        return ContentTags(
            title=self.title,
            published=self.published_at,
            source=self.source or owner,
            keywords=self.keywords,
            author=self.author,
            description=self.summary or excerpt(self.body),
            image=next((address_of(one.file) for one in references(self.body)), ""),
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from gongkai.portal import listing
        from gongkai.portal.reviewables import attachments_of

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "trail": listing.trail(self),
            "tags": tags_for(self),
            "attachments": attachments_of(self) if self.pk else [],
        }


def with_attachments(articles: models.QuerySet[ArticlePage]) -> models.QuerySet[ArticlePage]:
    """The articles with their files fetched, two queries for however many."""
    attached = Attachment.objects.select_related("document")
    return articles.prefetch_related(models.Prefetch("attachments", queryset=attached))


class Attachment(Orderable):
    """附件: a file of the body's, under the name the public reads."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        AttachmentFile, verbose_name=_("文件"), on_delete=models.PROTECT, related_name="attachments"
    )
    title = models.CharField(_("附件名称"), max_length=200, blank=True, help_text=_("不填则用文件的标题"))

    panels: ClassVar[list[Any]] = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("附件")

    def __str__(self) -> str:
        return self.title or self.document.title


class Illustration(models.Model):
    """配图: a version of the article's text holds the picture, or held it; its history still shows it.

    Says where to look, never that the picture is public: that is for the text that is open.
    """

    page = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="illustrations")
    document = models.ForeignKey(
        AttachmentFile, verbose_name=_("图片"), on_delete=models.PROTECT, related_name="illustrations"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("配图")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["page", "document"], name="portal_illustration_once")
        ]

    def __str__(self) -> str:
        return str(self.document)


def note_pictures(pages: Iterable[Any]) -> None:
    """Write down which files the texts of these articles name; a file that is gone is nobody's."""
    named = [(page.pk, one.file) for page in pages for one in references(page.body)]
    if not named:
        return
    there = set(AttachmentFile.objects.filter(pk__in={file for _page, file in named}).values_list("pk", flat=True))
    rows = [Illustration(page_id=page, document_id=file) for page, file in dict.fromkeys(named) if file in there]
    Illustration.objects.bulk_create(rows, ignore_conflicts=True)
