"""A chart in a document is the picture of the page."""

import io

import pytest
from PIL import Image

from gongkai.foundation.charts import Bar, Segment, bars
from gongkai.foundation.charts.pixels import png


def test_it_is_the_same_picture():
    chart = bars("发改局最多", [Bar("发改局", [Segment(3, "有问题", "#b3261e")], "3 项")])
    picture = Image.open(io.BytesIO(png(chart))).convert("RGB")
    assert picture.width / picture.height == pytest.approx(720 / 40, rel=0.05)
    colours = {colour for _count, colour in picture.getcolors(100_000)}
    assert (0xB3, 0x26, 0x1E) in colours and (255, 255, 255) in colours


def test_something_else_is_refused():
    with pytest.raises(ValueError, match="viewBox"):
        png("<p>no picture</p>")
