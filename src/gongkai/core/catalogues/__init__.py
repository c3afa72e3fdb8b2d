"""Standard catalogues of grassroots openness (基层政务公开事项标准目录): read and written.

Basis: 国办发〔2019〕54号 关于全面推进基层政务公开标准化规范化工作的指导意见.
"""

from gongkai.core.catalogues.limits import Clause, Limit, Period, read_limit
from gongkai.core.catalogues.model import Catalogue, Finding, NoCatalogue, Row, Severity
from gongkai.core.catalogues.reader import read_catalogue
from gongkai.core.catalogues.words import Field, field_in, fields

__all__ = [
    "Catalogue",
    "Clause",
    "Field",
    "Finding",
    "Limit",
    "NoCatalogue",
    "Period",
    "Row",
    "Severity",
    "field_in",
    "fields",
    "read_catalogue",
    "read_limit",
]
