"""The pages of the portal and the files that hang on them."""

from gongkai.portal.models.acts import Act
from gongkai.portal.models.articles import ArticlePage, Attachment, Illustration, note_pictures
from gongkai.portal.models.blocks import BlockKind, BlockPage
from gongkai.portal.models.columns import ColumnPage
from gongkai.portal.models.documents import AttachmentFile
from gongkai.portal.models.guides import GuidePage
from gongkai.portal.models.identity import PortalIdentity
from gongkai.portal.models.links import Address, BrokenLink
from gongkai.portal.models.pictures import Rendition
from gongkai.portal.models.places import HomePage, SectionPage
from gongkai.portal.models.profiles import Profile
from gongkai.portal.models.templates import ArticleTemplate
from gongkai.portal.models.topics import TopicItem, TopicPage

__all__ = [
    "Act",
    "Address",
    "ArticlePage",
    "ArticleTemplate",
    "Attachment",
    "AttachmentFile",
    "BlockKind",
    "BlockPage",
    "BrokenLink",
    "ColumnPage",
    "GuidePage",
    "HomePage",
    "Illustration",
    "PortalIdentity",
    "Profile",
    "Rendition",
    "SectionPage",
    "TopicItem",
    "TopicPage",
    "note_pictures",
]
