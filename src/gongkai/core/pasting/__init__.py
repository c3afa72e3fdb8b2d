"""Text from Word, WPS, a web page or a file, as an article's body holds it: words, lists, tables, links, pictures."""

from gongkai.core.pasting.carried import placed, settled
from gongkai.core.pasting.files import read_file
from gongkai.core.pasting.model import Carried, Pasted
from gongkai.core.pasting.reading import clean

__all__ = ["Carried", "Pasted", "clean", "placed", "read_file", "settled"]
