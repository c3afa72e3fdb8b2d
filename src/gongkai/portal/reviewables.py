"""What of the portal can become public, and the exact words the public would see of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from gongkai.core import platform
from gongkai.foundation.accounts.models import User
from gongkai.foundation.registries import Reviewable, reviewables
from gongkai.portal.masking import Stretches, in_html, in_words, redacted, save_draft
from gongkai.portal.models import ArticlePage, AttachmentFile, ColumnPage, GuidePage
from gongkai.portal.models.articles import with_attachments
from gongkai.portal.pictures.demanding import demand_pictures
from gongkai.portal.pictures.references import references
from gongkai.portal.services import publish_approved, take_down
from gongkai.portal.standing import body_of, place_of, with_place
from gongkai.portal.words import plain
from gongkai.review import gate
from gongkai.review.choke import has_ended
from gongkai.review.digests import as_text, sm3_of_file

COLUMN, ARTICLE = "portal.column", "portal.article"
GUIDE = "portal.guide"

# The labels of the signed text. They belong to the digest, so they are never translated, and changing one closes the
# gate for everything signed before.
TITLE, SUMMARY, BODY, SOURCE, DAY, SLUG = "标题", "摘要", "正文", "来源", "发布日期", "网址"
TIME, KEYWORDS, AUTHOR = "发布时刻", "关键词", "作者"
FROM, UNTIL, ABOVE, OWNER = "定时公开", "公示截止", "上级页面编号", "单位编号"
COLUMN_TYPE, MORE = "栏目类别", "其他说明"
PICTURE = "图片 {} 文件"
ATTACHMENT, FILE, FILE_NAME, FILE_SM3 = "附件 {}", "附件 {} 文件", "附件 {} 文件名", "附件 {} 文件摘要值（SM3）"


def common_text(page: Any) -> list[tuple[str, str]]:
    """Words and place that every kind of page has."""
    above, owner = place_of(page)
    return [
        (TITLE, page.title),
        (SUMMARY, page.summary),
        (SLUG, page.slug),
        (ABOVE, str(above)),
        (OWNER, str(owner)),
    ]


def column_text(column: ColumnPage) -> str:
    """Words and place of a column; what stands in it passes the gate by itself."""
    return as_text([*common_text(column), *_tags(column)])


def _tags(column: ColumnPage) -> list[tuple[str, str]]:
    """What stands in the page tags; a column without has none, as those signed before there were any."""
    tags = [(COLUMN_TYPE, column.column_type), (KEYWORDS, column.keywords)]
    return [tag for tag in tags if tag[1]]


def article_text(article: ArticlePage) -> str:
    """Words, days, place and files of an article; its text as it is stored, to the last mark."""
    own = [
        (BODY, article.body),
        (SOURCE, article.source),
        (DAY, f"{article.published_on:%Y-%m-%d}" if article.published_on else ""),
        (TIME, f"{article.published_time:%H:%M}" if article.published_time else ""),
        (KEYWORDS, article.keywords),
        (AUTHOR, article.author),
        (FROM, moment(article.go_live_at)),
        (UNTIL, moment(article.expire_at)),
    ]
    return as_text([*common_text(article), *own, *attached_text(article)])


def attached_text(article: Any) -> Iterator[tuple[str, str]]:
    """Names and SM3 of the files that hang on a page."""
    for number, attachment in enumerate(attachments_of(article), 1):
        document = attachment.document
        yield ATTACHMENT.format(number), str(attachment)
        yield FILE_NAME.format(number), document.filename
        yield FILE_SM3.format(number), sm3_of_file(document.file)


def attachments_of(article: Any) -> list[Any]:
    """The files that hang on a page, in their order."""
    return sorted(article.attachments.all(), key=lambda one: (one.sort_order is None, one.sort_order or 0))


def moment(time: Any) -> str:
    """A moment as it is signed: local time to the minute."""
    return f"{timezone.localtime(time):%Y-%m-%d %H:%M}" if time else ""


def column_words(column: ColumnPage) -> list[tuple[str, str]]:
    """What people and the machine read of a column."""
    return [(TITLE, column.title), (SUMMARY, column.summary), (SLUG, column.slug), *_tags(column)]


def article_words(article: ArticlePage) -> list[tuple[str, str]]:
    """What people and the machine read of an article, its text without marks."""
    attached = list(enumerate(attachments_of(article), 1))
    names = [(ATTACHMENT.format(n), str(one)) for n, one in attached]
    names += [(FILE_NAME.format(n), one.document.filename) for n, one in attached]
    times = [(FROM, moment(article.go_live_at)), (UNTIL, moment(article.expire_at))]
    return [
        (TITLE, article.title),
        (SUMMARY, article.summary),
        (BODY, plain(article.body)),
        (SOURCE, article.source),
        (KEYWORDS, article.keywords),
        (AUTHOR, article.author),
        (SLUG, article.slug),
        *[time for time in times if time[1]],
        *names,
    ]


def guide_words(guide: GuidePage) -> list[tuple[str, str]]:
    """The elements of Article 12, by their labels."""
    return [(TITLE, guide.title), *guide.filled(), *([(MORE, guide.more)] if guide.more else [])]


def guide_text(guide: GuidePage) -> str:
    above, owner = place_of(guide)
    return as_text([*guide_words(guide), (SLUG, guide.slug), (ABOVE, str(above)), (OWNER, str(owner))])


def attached_files(page: Any) -> list[tuple[str, FieldFile]]:
    return [(FILE.format(n), one.document.file) for n, one in enumerate(attachments_of(page), 1)]


def article_files(article: ArticlePage) -> list[tuple[str, FieldFile]]:
    """What hangs on it, and the pictures in its text."""
    return [*attached_files(article), *((label, one.file) for label, one in pictures_of(article).items())]


def pictures_of(article: ArticlePage) -> dict[str, AttachmentFile]:
    """Label -> file; the text names each with the SM3 of its content, so they are signed with it."""
    numbers: dict[int, int] = {}
    for number, one in enumerate(references(article.body), 1):
        numbers.setdefault(one.file, number)
    files = AttachmentFile.objects.in_bulk(numbers) if numbers else {}
    return {PICTURE.format(number): files[file] for file, number in numbers.items() if file in files}


MASKED = {TITLE: "title", SUMMARY: "summary", SOURCE: "source", KEYWORDS: "keywords", AUTHOR: "author", MORE: "more"}
MASKED |= {element.label: element.key for element in platform.elements()}


def mask(page: Any, actor: User, part: str, stretches: Stretches) -> None:
    """Write the masked form of one part into a new draft; `part` is a label of `texts` or `files`."""
    draft = newest(page)
    attachments = attachments_of(draft) if isinstance(draft, ArticlePage) else []
    attached = {FILE.format(n): one for n, one in enumerate(attachments, 1)}
    if part in MASKED and hasattr(draft, MASKED[part]):
        setattr(draft, MASKED[part], in_words(getattr(draft, MASKED[part]), stretches))
    elif part == BODY:
        draft.body = in_html(draft.body, stretches)
    elif part in attached:
        attached[part].document = redacted(attached[part].document, actor)
    else:
        raise ValidationError(gettext("“%s”不能自动遮盖，请在编辑页修改") % part)
    save_draft(draft, actor)


def owner(page: Any) -> int:
    """The id of the body that answers for a page: the one whose section it is in."""
    body = body_of(page)
    if body is None:
        raise ValidationError(gettext("页面不在任何单位的专栏里，不能公开"))
    return body


def newest(page: Any) -> Any:
    """修改稿: the version that is put forward."""
    return page.get_latest_revision_as_object()


def authors(page: Any) -> set[int]:
    """Who wrote what is not public yet, and who brought the files that came with it."""
    since = page.revisions.filter(pk__gt=page.live_revision_id or 0)
    public = files_held(type(page).objects.get(pk=page.pk)) if page.live else set()
    brought = AttachmentFile.objects.filter(pk__in=files_held(page) - public).exclude(uploaded_by_user=None)
    writers = since.exclude(user=None).values_list("user_id", flat=True)
    return {*writers, *brought.values_list("uploaded_by_user_id", flat=True)}


def files_held(page: Any) -> set[int]:
    """Ids of the files that hang on a page or stand in its text; kinds without either hold none."""
    shown = {one.file for one in references(page.body)} if isinstance(page, ArticlePage) else set()
    return shown | {one.document_id for one in attachments_of(page)} if hasattr(page, "attachments") else shown


def address(page: Any) -> str:
    """Where people see it: the public page, or the draft while there is none."""
    return (page.url or "") if page.live else reverse("wagtailadmin_pages:view_draft", args=[page.pk])


def hidden_by(pages: Sequence[Any]) -> dict[int, str]:
    """Open pages below a column that is not: as many queries for many as for one."""
    above = {page.pk: [page.path[:end] for end in range(Page.steplen, len(page.path), Page.steplen)] for page in pages}
    paths = {path for one in above.values() for path in one}
    columns = ColumnPage.objects.filter(path__in=paths).order_by("depth")
    opened = {one.pk for one in gate.open_records(COLUMN, columns.live()) if not has_ended(one)}
    closed = [(one.path, one.title) for one in columns if one.pk not in opened]
    told = {pk: next((title for path, title in closed if path in one), "") for pk, one in above.items()}
    return {pk: gettext("栏目“%s”未公开，随之不公开") % title for pk, title in told.items() if title}


def prepare_articles(articles: QuerySet[ArticlePage]) -> QuerySet[ArticlePage]:
    return with_attachments(with_place(articles))


def register_pages(key: str, label: Any, model: type[Page], **own: Any) -> None:
    """A kind of page at the gate: what all pages have in common there, and what is its own (`Reviewable`)."""
    common: dict[str, Any] = {
        "title": lambda page: page.title,
        "body_id": owner,
        "address": address,
        "opened": publish_approved,
        "closed": take_down,
        "prepare": with_place,
        "candidate": newest,
        "authors": authors,
        "mask": mask,
    }
    reviewables.register(Reviewable(key=key, label=label, model=model, **common | own))


register_pages(
    COLUMN,
    _("栏目"),
    ColumnPage,
    digest=column_text,
    texts=column_words,
    hidden_by=hidden_by,
    wordless=lambda column: column.is_as_made,
)
register_pages(GUIDE, _("公开指南"), GuidePage, digest=guide_text, texts=guide_words)
register_pages(
    ARTICLE,
    _("文章"),
    ArticlePage,
    digest=article_text,
    texts=article_words,
    files=article_files,
    prepare=prepare_articles,
    hidden_by=hidden_by,
    complete=demand_pictures,
)
