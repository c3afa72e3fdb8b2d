"""What a kind of statutory content declares (`kinds/*.yaml`), read by one engine: a new kind is a file and a test."""

from gongkai.disclosure.declaring.loader import kind, kinds, load
from gongkai.disclosure.declaring.model import Column, Field, Kind, Type
from gongkai.disclosure.declaring.values import Unreadable, read, show

__all__ = ["Column", "Field", "Kind", "Type", "Unreadable", "kind", "kinds", "load", "read", "show"]
