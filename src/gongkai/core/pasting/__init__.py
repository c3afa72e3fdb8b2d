"""Text from Word, WPS, a web page or a file, as an article's body holds it: words, headings, lists, tables, links."""

from gongkai.core.pasting.files import read_file
from gongkai.core.pasting.model import Pasted
from gongkai.core.pasting.reading import clean

__all__ = ["Pasted", "clean", "read_file"]
