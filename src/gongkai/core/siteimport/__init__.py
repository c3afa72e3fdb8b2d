"""Articles of a site that exists already, read from its export or its saved pages; nothing is fetched here."""

from gongkai.core.siteimport.articles import Article, Attached, read_article
from gongkai.core.siteimport.fields import FIELDS, guess
from gongkai.core.siteimport.records import Record, Source, open_source

__all__ = ["FIELDS", "Article", "Attached", "Record", "Source", "guess", "open_source", "read_article"]
