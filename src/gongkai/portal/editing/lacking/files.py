"""What the attachments of an article lack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.portal.editing.lacking.model import Lack, Level, Subject, lacks
from gongkai.portal.editing.names import plain_name

SPOKEN_OF = re.compile(r"附件\s*[0-9一二三四五六七八九十]*\s*[：:.．、]|(?:见|详见|下载|填写)附件")


def _none(subject: Subject) -> Iterator[str]:
    if not subject.attachments and SPOKEN_OF.search(subject.text):
        yield _("正文提到附件，还没有附上")


def _names(subject: Subject) -> Iterator[str]:
    for attachment in subject.attachments:
        name, better = str(attachment), plain_name(str(attachment))
        if not better:
            yield _("附件名称“%s”看不出内容，请改为读者能懂的名称") % name
        elif better != name:
            yield _("附件名称“%(name)s”建议改为“%(better)s”") % {"name": name, "better": better}


def _twice(subject: Subject) -> Iterator[str]:
    files = Counter(attachment.document_id for attachment in subject.attachments)
    for attachment in {one.document_id: one for one in subject.attachments}.values():
        if files[attachment.document_id] > 1:
            yield _("附件“%s”附了两次") % attachment


for _key, _label, _look in (
    ("none", gettext_lazy("附件"), _none),
    ("names", gettext_lazy("附件名称"), _names),
    ("twice", gettext_lazy("重复附件"), _twice),
):
    lacks.register(Lack(f"files.{_key}", _label, Level.HINT, _look))
