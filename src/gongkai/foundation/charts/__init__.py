"""Charts as SVG, drawn on the server: no script, readable by screen readers, the same picture for page and bulletin.

A chart's title says the finding; a table with the same numbers stands beside it in the template
(`charts/figure.html`). Colours follow the states' words, never alone.
"""

from gongkai.foundation.charts.bars import Bar, Segment, bars
from gongkai.foundation.charts.svg import on_screens
from gongkai.foundation.charts.trend import Mark, Point, trend

__all__ = ["Bar", "Mark", "Point", "Segment", "bars", "on_screens", "trend"]
