"""The pages of the portal and the files that hang on them."""

from gongkai.portal.models.acts import Act
from gongkai.portal.models.articles import ArticlePage, Attachment
from gongkai.portal.models.columns import ColumnPage
from gongkai.portal.models.documents import AttachmentFile
from gongkai.portal.models.links import Address, BrokenLink
from gongkai.portal.models.places import HomePage, SectionPage
from gongkai.portal.models.templates import ArticleTemplate

__all__ = [
    "Act",
    "Address",
    "ArticlePage",
    "ArticleTemplate",
    "Attachment",
    "AttachmentFile",
    "BrokenLink",
    "ColumnPage",
    "HomePage",
    "SectionPage",
]
