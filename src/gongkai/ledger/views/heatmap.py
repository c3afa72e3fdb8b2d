"""The cells of the board as HTML, written as strings: for thousands of cells a template loop takes far longer."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongkai.ledger.models import Item
from gongkai.ledger.selectors import Board, Cell, Filters, Look, Totals
from gongkai.ledger.states import ALL
from gongkai.ledger.views.links import looking, tasks_link

NOUGHT = '<td class="num sum">0</td>'


def heatmap(board: Board, filters: Filters) -> SafeString:
    """Head, rows and totals of the board's table; icons are `<use>`s of the sprite in the template."""
    html = [_head(board), "<tbody>"]
    # One address with numbers to be replaced, instead of one reverse() a cell; and each word is translated once.
    one = reverse("ledger_assignment", args=[0])
    words = {key: str(look.word) for key, look in ALL.items()}
    for row in board.rows:
        name, own = escape(row.body.name), filters.but(body=(row.body.pk,))
        html.append(
            f'<tr><th scope="row"><a href="{_list(board, own)}">{name}</a></th>{_totals(board, row.totals, own)}'
        )
        for item, cell in zip(board.items, row.cells, strict=True):
            many = "" if cell is None or cell.number == 1 else _list(board, own.but(item=(item.pk,)))
            html.append(_cell(cell, item, name, one, many, words))
        html.append("</tr>")
    html.append("</tbody>")
    html.append(_foot(board, filters))
    return mark_safe("".join(html))  # noqa: S308 - names are escaped, the rest is ours


def _list(board: Board, filters: Filters) -> str:
    return escape(tasks_link(board.plan.pk, filters))


def _head(board: Board) -> str:
    cells = "".join(
        f'<th scope="col"><a href="{reverse("ledger_item", args=[item.pk])}" title="{escape(item.text)}">'
        f"{escape(item.key)}</a></th>"
        for item in board.items
    )
    words = "".join(
        f'<th scope="col" class="sum">{word}</th>' for word in (_("办结率"), _("办结"), _("任务"), _("逾期"))
    )
    return f'<thead><tr><th scope="col">{_("责任单位")}</th>{words}{cells}</tr></thead>'


def _totals(board: Board, totals: Totals, filters: Filters) -> str:
    """办结率、办结、任务、逾期: four cells, the numbers leading to their lists."""
    closed, late = looking(filters, Look.ACCEPTED), looking(filters, Look.OVERDUE)
    numbers = ((totals.accepted, closed, ""), (totals.total, filters, ""), (totals.overdue, late, ' class="late"'))
    cells = "".join(
        f'<td class="num sum"><a href="{_list(board, which)}"{mark}>{number}</a></td>' if number else NOUGHT
        for number, which, mark in numbers
    )
    return f'<td class="num sum">{totals.percent}</td>{cells}'


def _cell(cell: Cell | None, item: Item, body: str, one: str, many: str, words: dict[str, str]) -> str:
    if cell is None:
        return "<td></td>"
    look, word = ALL[cell.look.value], words[cell.look.value]
    due = f" {cell.due}" if cell.due else ""
    if cell.number == 1:
        href = one.replace("/0/", f"/{cell.assignment_id}/")
        count = ""
    else:
        href = many
        count = f"<b>{cell.number}</b>"
    title = f"{body}（{escape(item.key)}）{word}{due}"
    return (
        f'<td class="c state--{look.tone}"><a href="{href}" title="{title}"><svg aria-hidden="true" width="16" '
        f'height="16"><use href="#s-{look.icon}"/></svg>{count}<span class="w-sr-only">{word}</span></a></td>'
    )


def _foot(board: Board, filters: Filters) -> str:
    cells = []
    for item, totals in zip(board.items, board.item_totals, strict=True):
        own = filters.but(item=(item.pk,))
        late = (
            f'<a class="late" href="{_list(board, looking(own, Look.OVERDUE))}">{totals.overdue}</a>'
            if totals.overdue
            else ""
        )
        done = f'<a href="{_list(board, own)}">{totals.accepted}/{totals.total}</a>'
        cells.append(f'<td class="num">{done}{late}</td>')
    label = _("合计 %d 个单位") % board.bodies
    help_text = _("办结/任务，红字为逾期")
    head = f'<th scope="row">{label}<small>{help_text}</small></th>'
    return f"<tfoot><tr>{head}{_totals(board, board.totals, filters)}{''.join(cells)}</tr></tfoot>"
