"""The editor's form: the fields of the page, and those that the kind of the record declares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput, AdminDateTimeInput

from gongkai.disclosure.declaring import Field, Kind, Type, Unreadable, kinds, read
from gongkai.disclosure.declaring.model import NUMBERS
from gongkai.disclosure.declaring.values import CellProblem, as_lines, cells, headed
from gongkai.foundation import clock
from gongkai.portal.models.reviewed import ReviewedPageForm

SHOWN = 10  # wrong cells named above a table; all of them are marked in it
PREFIX = "f_"  # of declared fields in the form, so that none hides a field of the page
UNKNOWN = [("", _("未填写")), ("true", _("是")), ("false", _("否"))]


class TableInput(forms.Textarea):
    """Rows of a table. What is sent are lines as a spreadsheet copies them; `grid.js` lays a grid of cells over them.

    problems: what is wrong with which cell of what was sent.
    """

    template_name = "disclosure/widgets/table.html"

    def __init__(self, field: Field) -> None:
        super().__init__({"rows": 6, "spellcheck": "false", "wrap": "off", "class": "disclosure-table"})
        self.field = field
        self.problems: Sequence[CellProblem] = ()

    class Media:
        js: ClassVar[list[forms.Script]] = [forms.Script("disclosure/grid.js", defer=True)]

    def format_value(self, value: Any) -> str:
        return value if isinstance(value, str) else as_lines(cells(self.field, value))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context | {"columns": self.field.columns, "grid": self._grid(), "grid_id": f"grid-{name}"}

    def _grid(self) -> dict[str, Any]:
        """What the script needs to know: columns, wrong cells, and the words it says."""
        columns = [
            {
                "label": headed(column),
                "required": column.required,
                "number": column.type in NUMBERS,
                "options": [str(_("是")), str(_("否"))] if column.type is Type.FLAG else list(column.options),
                "long": column.type in (Type.TEXT, Type.LONG),
            }
            for column in self.field.columns
        ]
        places = {column.key: at for at, column in enumerate(self.field.columns)}
        wrong = [[one.row - 1, places[one.key], one.why] for one in self.problems]
        return {"label": self.field.label, "columns": columns, "wrong": wrong, "words": _grid_words()}


def _grid_words() -> dict[str, str]:
    return {
        "row": _("行"),
        "cell": _("第 {row} 行，{column}"),
        "optional": _("（选填）"),
        "add": _("增加一行"),
        "clear": _("全部清空"),
        "remove": _("删除"),
        "removeRow": _("删除第 {row} 行"),
        "removed": _("已删除第 {row} 行。"),
        "cleared": _("已清空 {rows} 行。"),
        "pasted": _("已粘贴 {rows} 行。"),
        "tooWide": _("多出的列没有放入，请核对。"),
        "undo": _("撤销"),
        "undone": _("已恢复。"),
        "more": _("再显示 {rows} 行，共 {total} 行"),
        "help": _("回车到下一行，Alt+回车换行；可以从 Excel、WPS 表格整块复制粘贴。"),
    }


def _widget(field: Field) -> forms.Widget:
    made: dict[Type, Callable[[], forms.Widget]] = {
        Type.LONG: AdminAutoHeightTextInput,
        Type.DATE: AdminDateInput,
        Type.MOMENT: AdminDateTimeInput,
        Type.CHOICE: lambda: forms.Select(choices=[("", _("未填写")), *((one, one) for one in field.options)]),
        Type.CHOICES: lambda: forms.CheckboxSelectMultiple(choices=[(one, one) for one in field.options]),
        Type.FLAG: lambda: forms.Select(choices=UNKNOWN),
        Type.TABLE: lambda: TableInput(field),
    }
    return made.get(field.type, forms.TextInput)()


class DeclaredField(forms.Field):
    """A declared field in a form. What is missing is no error here: a draft may be half done."""

    def __init__(self, field: Field) -> None:
        label = headed(field) + ("" if field.required else _("（选填）"))
        super().__init__(required=False, label=label, help_text=field.help, widget=_widget(field))
        self.field = field

    def prepare_value(self, value: Any) -> Any:
        return str(value).lower() if isinstance(value, bool) else value

    def clean(self, value: Any) -> Any:
        try:
            return read(self.field, value)
        except Unreadable as error:
            if isinstance(self.widget, TableInput):
                self.widget.problems = error.cells
            raise ValidationError(error.said[:SHOWN] + self._more(error)) from error

    def _more(self, error: Unreadable) -> list[str]:
        left = len(error.said) - SHOWN
        return [_("另有 %d 处，见表中标出的单元格") % left] if left > 0 else []


class RecordForm(ReviewedPageForm):
    """`kind` is chosen once, before the form is first shown, and goes along as a hidden field."""

    kind = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.instance.kind = self.instance.kind or str(self.data.get("kind", ""))
        self.initial["kind"] = self.instance.kind
        declared: Kind | None = kinds().get(self.instance.kind)
        self.declared_names = [PREFIX + field.key for field in declared.fields] if declared else []
        if declared is not None:
            self._declare(declared)

    def _declare(self, declared: Kind) -> None:
        for field in declared.fields:
            self.fields[PREFIX + field.key] = DeclaredField(field)
            self.initial[PREFIX + field.key] = self.instance.fields.get(field.key)
        if "formed_on" in self.fields:
            self.fields["formed_on"].label = declared.formed
            self.fields["formed_on"].help_text = _("自这一天起%(term)s内公开（%(source)s）") % {
                "term": declared.limit.term,
                "source": declared.limit.source,
            }
        if declared.follows is None:
            self.fields.pop("follows", None)
        elif "follows" in self.fields:
            self.fields["follows"].label = declared.follows.label

    def clean_kind(self) -> str:
        return str(self.instance.kind)

    def clean_formed_on(self) -> Any:
        day = self.cleaned_data.get("formed_on")
        if day is not None and day > clock.today():
            raise ValidationError(_("晚于今天，请核对"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.instance.kind not in kinds():
            raise ValidationError(_("请先选择内容种类"))
        values = {name.removeprefix(PREFIX): cleaned.get(name) for name in self.declared_names}
        self.instance.fields = {key: value for key, value in values.items() if value is not None}
        return cleaned
