"""What is found beside the content of a file while it is read whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gongkai.core.documents.builder import Builder
from gongkai.core.documents.model import Document, DocumentError, Place, Visibility
from gongkai.core.documents.whole.budget import Budget
from gongkai.core.documents.whole.joining import inside, joined, without_notes

_NAMED = 8  # pictures named one by one in a line that speaks of several


class Gathering:
    """Collects parts, files inside the file and notes, and puts them behind the document as it was read."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self._builder = Builder()
        self._inner: list[Document] = []
        self._pictures: dict[str, list[str]] = {}  # what could not be read of pictures, and of which

    def part(
        self,
        text: str,
        part: str,
        *,
        visibility: Visibility = Visibility.HIDDEN,
        author: str = "",
        place: Place | None = None,
        why: str = "",
    ) -> None:
        """Text beside the body, each different one once; hidden unless told otherwise."""
        where = replace(place or Place(), part=part, why=why)
        self._builder.part(text.strip(), where, visibility, author, once=True)

    def property(self, name: str, value: str, *, known: Document) -> None:
        """A property of the file that `known` does not have yet."""
        if value.strip() and value.strip() not in known.properties.values():
            self._builder.property(name, value)

    def not_examined(self, what: str) -> None:
        self._builder.not_examined(what)

    def macros(self) -> None:
        self._builder.macros()

    def attachment(self, name: str, data: bytes, place: Place | None = None) -> None:
        """A file that travels inside this one: its name, and what it says."""
        self.part(name, "attachment", place=place)
        self.file(f"附件“{name}”", data)

    def file(self, where: str, data: bytes) -> None:
        """The content of a file inside this one, `where` being its name in words."""
        from gongkai.core.documents.whole import read_whole

        try:
            self.budget.enter(len(data))
        except DocumentError as error:
            self.not_examined(f"{where}：{error}")
            return
        try:
            self._inner.append(inside(read_whole(data, self.budget), where))
        except DocumentError as error:
            self.not_examined(f"{where}：{error}")
        finally:
            self.budget.leave()

    def picture(self, where: str, data: bytes) -> None:
        """A picture on the page: what is written in it and about it."""
        from gongkai.core.documents.whole import picture

        try:
            document = picture.read(data, self.budget)
        except DocumentError as error:
            self._pictures.setdefault(str(error), []).append(where)
            return
        for note in document.not_examined:
            self._pictures.setdefault(note, []).append(where)
        self._inner.append(inside(replace(document, not_examined=()), where))

    def onto(self, document: Document, examined: Iterable[str] = ()) -> Document:
        """The document with all this behind it; `examined` begins those of its notes that are settled by this."""
        for note, names in self._pictures.items():
            more = f"等{len(names)}幅" if len(names) > _NAMED else ""
            self.not_examined(f"{'、'.join(names[:_NAMED])}{more}：{note}")
        mine = self._builder.build(document.kind)
        whole = joined(without_notes(document, examined), [mine, *self._inner])
        return replace(whole, properties=document.properties | mine.properties)
