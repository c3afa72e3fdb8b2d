"""The corpus in files of every kind: what must be found stands in paragraphs, cells, comments, headers, hidden columns."""

from __future__ import annotations

import csv
import html
import io
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import docx
import openpyxl
import weasyprint
from openpyxl.comments import Comment
from tests.core.screening.corpus import Piece, negatives, positives

from gongkai.core.documents import read

Found = tuple[int, int, str, str]
AUTHOR = "批注人甲"  # of the comments: hidden like what they say
_HEADS = ("state-secret", "work-secret", "internal")


def write_files(folder: Path, rng: random.Random) -> Iterator[tuple[Path, list[Found]]]:
    """Files of six kinds, with what must be found in the text that is extracted from them."""
    for round_ in range(4):
        for suffix, put in KINDS.items():
            pieces = _pieces(rng)
            path = folder / f"{suffix}-{round_}.{suffix}"
            path.write_bytes(put(rng, pieces))
            yield path, located(path, pieces, HIDDEN.get(suffix, lambda number: False))


def _pieces(rng: random.Random) -> list[Piece]:
    """One of each kind that fits on a line, and twice as many that must not be found."""
    made = [piece for piece in positives(rng) if not re.search(r"[\n\r\t]", piece.marked)]
    rng.shuffle(made)
    by_kind = {piece.kind: piece for piece in made if piece.category not in _HEADS}
    by_kind = {k: p for k, p in by_kind.items() if not re.search(r"[\u00ad\u200b-\u200d\u2060\ufeff]", p.text)}
    harmless = [piece for piece in negatives(rng, 60) if "\t" not in piece.text]
    mixed = [*by_kind.values(), *harmless]
    rng.shuffle(mixed)
    return mixed


def located(path: Path, pieces: Sequence[Piece], hidden: Callable[[int], bool]) -> list[Found]:
    """Where each planted stretch, and each piece put out of sight, stands in the extracted text."""
    text = read(path, whole=True).text
    found = [(*match.span(), "author", "hidden-content") for match in re.finditer(AUTHOR, text)]
    for number, piece in enumerate(pieces):
        if piece.kind:
            start, end = piece.stretch
            found.append((*_find(text, piece.text[start:end]), piece.kind, piece.category))
        if hidden(number):
            found.append((*_find(text, piece.text, last=True), "hidden", "hidden-content"))
    return found


def _find(text: str, piece: str, *, last: bool = False) -> tuple[int, int]:
    """Where a piece is (what is out of sight comes last); blanks may have changed on the way."""
    pattern = r"\s*".join(re.escape(sign) for sign in piece if not sign.isspace())
    places = [match.span() for match in re.finditer(pattern, text)]
    assert places, piece
    return places[-1 if last else 0]


def _docx(rng: random.Random, pieces: Sequence[Piece]) -> bytes:
    document = docx.Document()
    section = document.sections[0]
    for number, piece in enumerate(pieces):
        if number == 0:
            section.header.paragraphs[0].text = piece.text
        elif number == 1:
            section.footer.paragraphs[0].text = piece.text
        elif number % 7 == 2:
            row = document.add_table(rows=1, cols=2).rows[0]
            row.cells[0].text, row.cells[1].text = "说明", piece.text
        elif number % 7 == 3:
            run = document.add_paragraph("附注").add_run(piece.text)
            run.font.hidden = True
        elif number % 7 == 4:
            paragraph = document.add_paragraph("请核对。")
            document.add_comment(paragraph.runs, text=piece.text, author=AUTHOR)
        else:
            document.add_paragraph(piece.text)
    return _saved(document.save)


def _xlsx(rng: random.Random, pieces: Sequence[Piece]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["序号", "内容", "备注"])
    for number, piece in enumerate(pieces, 1):
        where = number % 4
        sheet.append([number, "略" if where in (2, 3) else piece.text, piece.text if where == 2 else "无"])
        if where == 3:
            sheet.cell(number + 1, 2).comment = Comment(piece.text, AUTHOR)
    sheet.column_dimensions["C"].hidden = True
    return _saved(book.save)


def _csv(rng: random.Random, pieces: Sequence[Piece]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["序号", "内容"])
    writer.writerows([number, piece.text] for number, piece in enumerate(pieces, 1))
    return out.getvalue().encode("gb18030")


def _html(rng: random.Random, pieces: Sequence[Piece]) -> bytes:
    body = "".join(f"<p>{html.escape(piece.text)}</p>" for piece in pieces)
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>公示</title></head><body>{body}</body></html>".encode()
    )


def _txt(rng: random.Random, pieces: Sequence[Piece]) -> bytes:
    return "\r\n".join(piece.text for piece in pieces).encode("utf-8-sig")


def _pdf(rng: random.Random, pieces: Sequence[Piece]) -> bytes:
    style = '<style>body { font-family: "Noto Sans CJK SC"; font-size: 10pt }</style>'
    # What a typeface cannot print does not come through a PDF file.
    plain = [piece for piece in pieces if not re.search(r"[\u00ad\u200b-\u200d\u2060\ufeff]", piece.text)]
    return weasyprint.HTML(string=style + "".join(f"<p>{html.escape(piece.text)}</p>" for piece in plain)).write_pdf()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


KINDS: dict[str, Callable[[random.Random, Sequence[Piece]], bytes]] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "csv": _csv,
    "html": _html,
    "txt": _txt,
    "pdf": _pdf,
}
# Which pieces the writers above put where a reader of the printed file would not see them.
HIDDEN: dict[str, Callable[[int], bool]] = {
    "docx": lambda number: number > 1 and number % 7 in (3, 4),
    "xlsx": lambda number: (number + 1) % 4 in (2, 3),
}
