"""The customary form: what was written is read again as it was."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.catalogues import Row, read_catalogue, read_limit
from gongkai.core.catalogues.writer import write_xlsx
from gongkai.core.documents import read_bytes

words = st.text(alphabet="低保公示指南政策文件办理结果清单", min_size=2, max_size=8)
rows = st.builds(
    Row,
    field=st.sampled_from(["社会救助", "养老服务", "水利"]),
    number=st.just(""),
    first=words,
    second=words,
    third=st.just(""),
    content=words,
    basis=st.lists(words.map(lambda word: f"《{word}》"), min_size=1, max_size=3, unique=True).map(tuple),
    limit=st.sampled_from(["及时公开", "形成20个工作日内", "长期"]).map(read_limit),
    body=words,
    channels=st.sets(st.sampled_from(["website", "push", "credit-china"]), min_size=1).map(tuple),
    others=st.just(()),
    audience=st.sampled_from([("all",), ("specific",), ("all", "specific")]),
    audience_text=st.just(""),
    modes=st.sampled_from([("proactive",), ("on-request",)]),
    levels=st.sampled_from([("county",), ("township", "village"), ("county", "township", "village")]),
    note=st.just(""),
    where=st.just(""),
)


@settings(max_examples=20)
@given(st.lists(rows, min_size=1, max_size=6, unique_by=lambda row: (row.first, row.second)))
def test_written_and_read_again(given_rows):
    given_rows = sorted(given_rows, key=lambda row: row.field)
    again = read_catalogue(read_bytes(write_xlsx(given_rows, "青禾县基层政务公开标准目录"), "a.xlsx")).rows
    assert [bare(row) for row in again] == [bare(row) for row in given_rows]


def bare(row):
    return replace(row, channels=tuple(sorted(row.channels)), where="")
