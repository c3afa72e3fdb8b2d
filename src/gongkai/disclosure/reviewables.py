"""Records at the gate: every field belongs to what is signed, and to what people and the machine read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.disclosure.declaring import Field, Type, show
from gongkai.disclosure.declaring.values import cells
from gongkai.disclosure.models import RecordPage
from gongkai.disclosure.services.completeness import demand_complete
from gongkai.foundation.accounts.models import User
from gongkai.portal import reviewables as portal
from gongkai.portal.masking import Stretches, in_words, redacted, save_draft
from gongkai.portal.standing import with_place
from gongkai.review.digests import as_text

RECORD = "disclosure.record"

# Labels of the signed text: never translated, never changed (see `portal.reviewables`). Fields go by their keys, so
# that better words in a declaration close nothing.
KIND, NUMBER, FORMED, ATTRIBUTE, BASIS, FOLLOWS = "种类", "索引号", "形成日期", "公开属性", "公开依据", "承接编号"
FIELD, LIST = "字段 {}", "名单 {}"


class ListFile(ContentFile):
    """A list of people as the table it is, for the machine, which judges lists by their columns."""

    @property
    def path(self) -> str:
        raise NotImplementedError("in memory")


def text(record: RecordPage) -> str:
    """Everything the public sees of a record, and where it stands."""
    own = [
        (KIND, record.kind),
        (NUMBER, record.index_number),
        (FORMED, f"{record.formed_on or ''}"),
        (portal.DAY, f"{record.published_on or ''}"),
        (ATTRIBUTE, str(record.attribute)),
        (BASIS, record.basis),
        (FOLLOWS, str(record.follows_id or "")),
        (portal.FROM, portal.moment(record.go_live_at)),
        (portal.UNTIL, portal.moment(record.expire_at)),
    ]
    fields = [(FIELD.format(key), _canonical(value)) for key, value in sorted(record.fields.items())]
    return as_text([*portal.common_text(record), *own, *fields, *portal.attached_text(record)])


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def words(record: RecordPage) -> Iterator[tuple[str, str]]:
    """What people and the machine read, under the words of the declaration."""
    yield portal.TITLE, record.title
    yield KIND, record.declared.name
    yield portal.SUMMARY, record.summary
    yield record.declared.formed, f"{record.formed_on or ''}"
    for field, value in record.filled():
        yield field.label, show(field, value)
    if record.follows is not None and record.declared.follows is not None:
        yield record.declared.follows.label, record.follows.title
    yield BASIS, record.basis
    if record.expire_at:
        yield portal.UNTIL, portal.moment(record.expire_at)
    for number, attached in enumerate(portal.attachments_of(record), 1):
        yield portal.ATTACHMENT.format(number), f"{attached}（{attached.document.filename}）"


def files(record: RecordPage) -> list[tuple[str, FieldFile]]:
    """The attachments, and the table that lists people."""
    key = record.declared.people
    rows = record.fields.get(key) if key else None
    found = portal.attached_files(record)
    if rows:
        field = record.declared.field(key)
        found.append(
            (LIST.format(field.label), cast(FieldFile, ListFile(_as_csv(_about(record), field, rows), f"{key}.csv")))
        )
    return found


def _about(record: RecordPage) -> str:
    """What the list is of, as the other fields say it: 救助和补贴 最低生活保障."""
    chosen = (str(value) for field, value in record.filled() if field.type is Type.CHOICE)
    return " ".join([record.declared.name, *chosen])


def _as_csv(about: str, field: Field, rows: Any) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([about])
    writer.writerow([column.label for column in field.columns])
    writer.writerows(cells(field, rows))
    return out.getvalue().encode()


def mask(record: RecordPage, actor: User, part: str, stretches: Stretches) -> None:
    """Write the masked form of one part into a new draft."""
    draft = portal.newest(record)
    declared = {field.label: field for field in draft.declared.fields}
    attached = {portal.FILE.format(n): one for n, one in enumerate(portal.attachments_of(draft), 1)}
    if part in portal.MASKED and hasattr(draft, portal.MASKED[part]):
        name = portal.MASKED[part]
        setattr(draft, name, in_words(getattr(draft, name), stretches))
    elif part in declared:
        draft.fields = draft.fields | {declared[part].key: _masked(draft, declared[part], stretches)}
    elif part in attached:
        attached[part].document = redacted(attached[part].document, actor)
    else:
        raise ValidationError(gettext("“%s”不能自动遮盖，请在编辑页修改") % part)
    save_draft(draft, actor)


def _masked(draft: RecordPage, field: Field, stretches: Stretches) -> Any:
    value = draft.fields.get(field.key)
    if field.type in (Type.TEXT, Type.LONG):
        return in_words(value, stretches)
    if field.type is not Type.TABLE:
        raise ValidationError(gettext("“%s”不能自动遮盖，请在编辑页修改") % field.label)
    shown = show(field, value)
    for start, end, said in stretches:
        found = shown[start:end]
        value = [{key: _over(cell, found, said) for key, cell in row.items()} for row in value]
        if found in show(field, value):
            raise ValidationError(gettext("“%s”跨了几格，不能自动遮盖，请在编辑页修改") % said)
    return value


def _over(cell: Any, found: str, said: str) -> Any:
    return cell.replace(found, said) if isinstance(cell, str) else cell


def prepare(records: QuerySet[RecordPage]) -> QuerySet[RecordPage]:
    return with_place(records).select_related("follows").prefetch_related("attachments__document")


portal.register_pages(
    RECORD,
    _("公开信息"),
    RecordPage,
    digest=text,
    texts=words,
    files=files,
    prepare=prepare,
    mask=mask,
    complete=demand_complete,
)
