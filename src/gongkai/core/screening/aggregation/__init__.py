"""数据汇聚: what a list says of people when its columns, or several lists, are put together (保守国家秘密法 36)."""

from gongkai.core.screening.aggregation.judge import aggregate, concerns, year_before
from gongkai.core.screening.aggregation.model import FileReport, ListReport, Source

__all__ = ["FileReport", "ListReport", "Source", "aggregate", "concerns", "year_before"]
