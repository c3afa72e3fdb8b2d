"""The pages of the portal and the files that hang on them."""

from gongkai.portal.models.articles import ArticlePage, Attachment
from gongkai.portal.models.blocks import BlockKind, BlockPage
from gongkai.portal.models.columns import ColumnPage
from gongkai.portal.models.documents import AttachmentFile
from gongkai.portal.models.guides import GuidePage
from gongkai.portal.models.identity import PortalIdentity
from gongkai.portal.models.places import HomePage, SectionPage

__all__ = [
    "ArticlePage",
    "Attachment",
    "AttachmentFile",
    "BlockKind",
    "BlockPage",
    "ColumnPage",
    "GuidePage",
    "HomePage",
    "PortalIdentity",
    "SectionPage",
]
