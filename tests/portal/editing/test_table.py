"""Tables of a body: what the editor makes of what is stored, and back, to the letter."""

import json
import re

import pytest
from tests.portal import writing
from tests.portal.writing import ensure_portal
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from gongkai.portal.masking import in_html
from gongkai.portal.models.articles import FEATURES
from gongkai.portal.words import plain

TABLE = (
    '<table><caption>资金</caption><tr><th scope="col" rowspan="2">项目</th><th scope="col" colspan="2">万元</th></tr>'
    '<tr><th scope="col">计划</th><th scope="col">到位</th></tr><tr><td>河堤<br/>二期</td><td>1 &lt; 2</td><td></td></tr></table>'
)


def through_the_editor(html: str) -> str:
    converter = ContentstateConverter(FEATURES)
    return converter.to_database_format(converter.from_database_format(html))


def test_a_table_that_nobody_touched_stays_to_the_letter():
    once = through_the_editor(f'<p data-block-key="aaaaa">前</p>{TABLE}<p data-block-key="bbbbb">后</p>')
    assert once == f'<p data-block-key="aaaaa">前</p>{TABLE}<p data-block-key="bbbbb">后</p>'


def test_what_the_browser_sends_is_text_and_small_numbers():
    cell = {"text": "<script>x</script>", "head": False, "across": "99999", "down": "2\" onclick='x'"}
    block = {
        "key": "a",
        "text": " ",
        "type": "atomic",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"key": 0, "offset": 0, "length": 1}],
    }
    entity = {"type": "TABLE", "mutability": "IMMUTABLE", "data": {"rows": [[cell]], "onload": "x"}}
    html = ContentstateConverter(FEATURES).to_database_format(
        json.dumps({"blocks": [block], "entityMap": {"0": entity}})
    )
    assert html == "<table><tr><td>&lt;script&gt;x&lt;/script&gt;</td></tr></table>"


def test_words_are_read_row_by_row():
    assert plain(f"<p>前</p>{TABLE}") == "前\n资金\n项目\t万元\n计划\t到位\n河堤\n二期\t1 < 2"


def test_what_stands_in_a_cell_is_masked():
    text = plain(TABLE)
    at = text.index("河堤")
    assert "<td>某处<br/>二期</td>" in in_html(TABLE, [(at, at + 2, "某处")])


@pytest.mark.django_db
def test_a_table_reaches_the_public_through_the_gate(county, people, client):
    ensure_portal()
    column = writing.through_the_gate(writing.column(writing.section(county.fgj)))
    page = writing.through_the_gate(writing.article(column, body=f"<p>如下：</p>{TABLE}"))
    shown = client.get(page.url).content.decode()
    assert '<th scope="col" colspan="2">万元</th>' in shown and "<caption>资金</caption>" in shown


def test_numbers_go_on_behind_a_list_within_a_list():
    html = "<ol><li>甲<ol><li>乙</li></ol></li><li>丙</li></ol>"
    converter = ContentstateConverter(FEATURES)
    back = converter.to_database_format(converter.from_database_format(html))
    assert re.sub(r' data-block-key="\w+"', "", back) == html
