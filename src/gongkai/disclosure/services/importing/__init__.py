"""批量导入: a file of one kind is looked at row by row, shown, and written as drafts; nothing is put forward by it."""

from gongkai.disclosure.services.importing.headings import columns, required
from gongkai.disclosure.services.importing.rows import template
from gongkai.disclosure.services.importing.running import begin_import, confirm_import, drop_import, resume_broken

__all__ = ["begin_import", "columns", "confirm_import", "drop_import", "required", "resume_broken", "template"]
