"""Texts, delimited files and web pages rewritten."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.redaction import RedactionError, redact_bytes
from gongkai.core.redaction.canvas import Canvas, Segment
from gongkai.core.redaction.edits import Edit, Piece
from gongkai.core.screening import Screener

ID, PHONE = "110101199003078670", "13812345678"
SCREENER = Screener.standard()


def test_a_text_keeps_everything_else():
    given = f"第一行\n\n  身份证号：{ID}。\n手机{PHONE}\n"
    copy = redact_bytes(given.encode("gb18030"), "a.txt", SCREENER)
    expected = given.replace(ID, "11*************670").replace(PHONE, "138****5678")
    assert copy.data.decode("utf-8-sig") == expected and sum(copy.masked.values()) == 2


def test_a_number_broken_by_a_line_end():
    copy = redact_bytes(f"身份证号{ID[:9]}\n{ID[9:]}。".encode(), "a.txt", SCREENER)
    assert ID[:9] not in copy.data.decode() and ID[9:] not in copy.data.decode()


def test_a_delimited_file_stays_one():
    given = f'事项,手机号码,说明\n甲,{PHONE},"一,二"\n乙,13900001111,三\n'
    text = redact_bytes(given.encode(), "a.csv", SCREENER).data.decode("utf-8-sig")
    assert text == '事项,手机号码,说明\n甲,138****5678,"一,二"\n乙,139****1111,三\n'


def test_a_page_loses_what_a_browser_does_not_show():
    page = f"""<!doctype html><html><head><meta charset="gbk"><meta name="author" content="秘一"><title>公示</title></head>
    <body><!-- 秘二 --><p style="display:none">秘三</p><p>手机<b>{PHONE[:5]}</b>{PHONE[5:]}，<a href="tel:{PHONE}" title="秘四">拨打</a></p>
    <input type="hidden" value="秘五"><script>var x="秘六"</script><table border="1"><tr><td>留</td></tr></table></body></html>"""
    copy = redact_bytes(page.encode(), "a.html", SCREENER)
    text = copy.data.decode()
    assert "秘" not in text and PHONE not in text and "<b>138****5678</b>" in text
    assert '<table border="1"><tr><td>留</td></tr></table>' in text and "拨打" in text


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_clean_file_stays_as_it_is(name):
    text = "# 公告\n\n道路施工，请绕行。\n"
    copy = redact_bytes(text.encode(), name, SCREENER)
    assert copy.data.decode("utf-8-sig") == text and copy.masked == {}


CHUNKS = st.lists(st.tuples(st.text("甲乙丙12", max_size=5), st.booleans()), min_size=1, max_size=8)


@given(CHUNKS, st.data())
def test_edits_over_segments_do_what_they_do_to_the_text(chunks, data):
    """However the text is cut into runs, the outcome is that of the whole; what only separates stays."""
    out = [text for text, _ in chunks]
    segments = [
        Segment(text, (lambda new, at=at: out.__setitem__(at, new)) if editable else None)
        for at, (text, editable) in enumerate(chunks)
    ]
    whole = "".join(out)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(whole)), max_size=4)))
    edits = [Edit(a, b, "＊") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    Canvas(segments).apply([Piece(0, whole)] if whole else [], edits, whole)
    kept, at = [], 0
    for text, editable in chunks:
        kept.append(
            "".join(
                each for n, each in enumerate(text, at) if not editable or not any(e.start <= n < e.end for e in edits)
            )
        )
        at += len(text)
    assert [text.replace("＊", "") for text in out] == kept
    touched = [
        e
        for e in edits
        if any(
            ed and s < e.end and s + len(t) > e.start for (t, ed), s in zip(chunks, _starts(chunks), strict=True) if t
        )
    ]
    assert "".join(out).count("＊") == len(touched)


def _starts(chunks):
    at = 0
    for text, _ in chunks:
        yield at
        at += len(text)


def test_what_no_rewriter_knows_is_refused_in_one_line():
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "png")
    with pytest.raises(RedactionError, match="另存为 Word") as caught:
        redact_bytes(out.getvalue(), "a.png", SCREENER)
    assert "\n" not in str(caught.value)
