"""导出: the ledger as a Word or Excel file in the layout of the notice, with columns that say how the work stands."""

from gongkai.ledger.exporting.door import export_plan

__all__ = ["export_plan"]
