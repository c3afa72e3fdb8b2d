"""Standard catalogues of grassroots openness (基层政务公开事项标准目录): read and written.

Basis: 国办发〔2019〕54号 关于全面推进基层政务公开标准化规范化工作的指导意见.
"""

from gongkai.core.catalogues.clauses import Clause, Due, Limit, Period
from gongkai.core.catalogues.correcting import Line, Spot, cell_lines, corrected
from gongkai.core.catalogues.limits import read_limit
from gongkai.core.catalogues.model import Catalogue, Finding, NoCatalogue, Row, Severity
from gongkai.core.catalogues.reader import read_catalogue
from gongkai.core.catalogues.recurring import end_of, in_time_since
from gongkai.core.catalogues.words import Field, field_in, fields

__all__ = [
    "Catalogue",
    "Clause",
    "Due",
    "Field",
    "Finding",
    "Limit",
    "Line",
    "NoCatalogue",
    "Period",
    "Row",
    "Severity",
    "Spot",
    "cell_lines",
    "corrected",
    "end_of",
    "field_in",
    "fields",
    "in_time_since",
    "read_catalogue",
    "read_limit",
]
