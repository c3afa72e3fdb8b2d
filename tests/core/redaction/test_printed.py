"""PDF rewritten: pages with findings become pictures with the findings painted over, all else is left behind."""

import io

import pikepdf
import pypdfium2
import pytest
import weasyprint

from gongkai.core.documents import read_bytes
from gongkai.core.documents.whole.recognition import missing
from gongkai.core.redaction import RedactionError, printed, redact_bytes
from gongkai.core.redaction.edits import Edit, Piece
from gongkai.core.redaction.printed_search import PageText, located
from gongkai.core.screening import screen_document

pytestmark = pytest.mark.slow  # each page is printed, painted and read again

ID, PHONE = "110101199003078670", "13812345678"


def pdf(*pages, change=lambda file: None):
    """Printed pages, changed before they are saved."""
    html = "".join(f"<div style='break-after: page'>{page}</div>" for page in pages)
    with pikepdf.open(io.BytesIO(weasyprint.HTML(string=f"<title>公告</title>{html}").write_pdf())) as file:
        change(file)
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


def everything(data):
    """All objects of the file, inflated, and its text."""
    with pikepdf.open(io.BytesIO(data)) as file:
        held = [repr(item).encode() for item in file.objects]
        for item in file.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Filter") != "/DCTDecode":
                held.append(item.read_bytes())
    return b"\n".join(held).decode("utf-8", "replace") + read_bytes(data, whole=True).text


def pages_of(data):
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def dark(data, page=0):
    """Share of black in the picture of a page."""
    picture = pypdfium2.PdfDocument(data)[page].render(scale=1).to_pil().convert("L")
    return sum(picture.histogram()[:20]) / (picture.width * picture.height)


def test_a_page_with_a_finding_becomes_a_picture_and_the_others_stay_text(screener):
    source = pdf(f"<p>申请人身份证号{ID}。</p>", "<p>道路施工，请绕行。</p>")
    copy = redact_bytes(source, "a.pdf", screener)
    first, second = pages_of(copy.data)
    assert first.strip() == "" and "道路施工" in second
    assert ID not in everything(copy.data) and copy.masked == {"resident-id": 1}
    assert any("第1页的文字层" in said for said in copy.removed)
    named = any("第 1 页是扫描图像" in said for said in copy.not_examined)
    assert named == bool(missing()), "what nobody can read is named"
    assert screen_document(screener, read_bytes(copy.data, whole=True)).findings == ()


def test_the_number_is_painted_over_and_what_may_stay_is_not(screener):
    source = pdf(f"<p style='font-size: 20pt'>手机{PHONE}</p>")
    copy = redact_bytes(source, "a.pdf", screener).data
    whole = pypdfium2.PdfDocument(source)[0]
    text_page = whole.get_textpage()
    at = text_page.get_text_range().index(PHONE)
    picture = pypdfium2.PdfDocument(copy)[0].render(scale=4).to_pil().convert("L")

    def share(index):
        x0, y0, x1, y1 = text_page.get_charbox(index, loose=True)
        height = whole.get_height()
        box = picture.crop((int(x0 * 4) + 2, int((height - y1) * 4) + 2, int(x1 * 4) - 2, int((height - y0) * 4) - 2))
        return sum(box.histogram()[:60]) / (box.width * box.height)

    assert min(share(at + n) for n in (4, 5)) > 0.95, "hidden digits lie under solid black"
    assert max(share(at + n) for n in (0, 1, 9, 10)) < 0.6, "138****5678 leaves the ends to be read"


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_turned_pages_are_painted_in_the_right_place(screener, turned):
    def turn(file):
        file.pages[0].Rotate = turned

    copy = redact_bytes(pdf(f"<p style='font-size: 20pt'>身份证号{ID}</p>", change=turn), "a.pdf", screener)
    plain = pypdfium2.PdfDocument(pdf(f"<p style='font-size: 20pt'>身份证号{ID}</p>", change=turn))[0]
    assert pypdfium2.PdfDocument(copy.data)[0].get_size() == pytest.approx(plain.get_size(), abs=0.1)
    assert dark(copy.data) > 0.003


def test_what_is_not_on_the_pages_does_not_come_along(screener):
    def plant(file):
        page = file.pages[0]
        page.Annots = pikepdf.Array(
            [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="秘一")]
        )
        page.PieceInfo = pikepdf.Dictionary(A="秘二")
        file.attachments["秘三.txt"] = pikepdf.AttachedFileSpec(file, "秘四".encode(), filename="秘三.txt")
        file.docinfo["/Author"] = "秘五"
        with file.open_metadata() as metadata:
            metadata["dc:description"] = "秘六"
        with file.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("秘七", 0))
        file.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array([pikepdf.Dictionary(T="秘八", V="秘九", FT=pikepdf.Name.Tx)])
        )
        told = b"/Span <</ActualText <FEFF79D85341>>> BDC\nEMC % hidden\n"
        page.contents_add(file.make_stream(told), prepend=True)

    source = pdf("<p>道路施工，请绕行。</p>", change=plant)
    copy = redact_bytes(source, "a.pdf", screener)
    held = everything(copy.data)
    assert [sign for sign in "一二三四五六七八九" if f"秘{sign}" in held] == []
    assert "79D85341" in everything(source).upper() and "79D85341" not in held.upper() and "hidden" not in held
    assert {"批注和链接", "附件", "文档属性", "书签", "表单域和电子签章"} <= set(copy.removed)
    assert "道路施工" in pages_of(copy.data)[0], "nothing to mask: the page stays text"


def test_text_under_a_black_box_is_gone(screener):
    box = "<div style='position:absolute; top:0; left:0; width:9cm; height:1cm; background:black'></div>"
    source = pdf(f"<div style='position:relative'><p>身份证号{ID}</p>{box}</div>", "<p>第二页</p>")
    assert "hidden-content-hidden" in {
        f.rule for f in screen_document(screener, read_bytes(source, whole=True)).findings
    }
    copy = redact_bytes(source, "a.pdf", screener)
    assert pages_of(copy.data)[0].strip() == "" and ID not in everything(copy.data)


def test_pale_text_cannot_be_brought_back_from_the_picture(screener):
    source = pdf("<p style='color:#fafafa; font-size:40pt'>看不见的字</p><p>公告</p>")
    copy = redact_bytes(source, "a.pdf", screener)
    picture = pypdfium2.PdfDocument(copy.data)[0].render(scale=1).to_pil().convert("L")
    low, high = picture.crop((0, 0, picture.width, 130)).getextrema()
    assert high - low <= 1


def test_a_number_in_a_table_over_a_page_break_and_in_the_foot_of_every_page(screener):
    rows = "".join(f"<tr><td>事项{n}</td><td>{n}</td></tr>" for n in range(80))
    style = f"<style>td{{border:1px solid; padding:4px}} @page{{@bottom-center{{content:'联系手机{PHONE}'}}}}</style>"
    table = f"<table>{rows}<tr><td>经办人身份证</td><td style='width:2cm; word-break:break-all'>{ID}</td></tr></table>"
    source = pdf(style + table)
    assert len(pages_of(source)) > 1
    copy = redact_bytes(source, "a.pdf", screener)
    assert all(page.strip() == "" for page in pages_of(copy.data)), "the foot stands on every page"


def test_an_internal_mark_stays_named_when_its_page_becomes_a_picture(screener):
    """What cannot be read any more is not proved to be gone."""
    copy = redact_bytes(pdf(f"<p>内部资料</p><p>身份证号{ID}</p>"), "a.pdf", screener)
    assert [finding.rule for finding in copy.unsettled] == ["internal-paper"]


def test_layers_that_can_be_switched_are_refused(screener):
    def layer(file):
        group = file.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="底稿"))
        file.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([group]), D=pikepdf.Dictionary())

    with pytest.raises(RedactionError, match=r"^a\.pdf：PDF 含可以关闭的图层"):
        redact_bytes(pdf("<p>公告</p>", change=layer), "a.pdf", screener)


def test_more_pages_than_may_become_pictures_are_refused(screener, monkeypatch):
    monkeypatch.setattr(printed, "_MOST_PICTURES", 1)
    with pytest.raises(RedactionError, match="请拆分"):
        redact_bytes(pdf(f"<p>手机{PHONE}</p>", f"<p>手机{PHONE}</p>"), "a.pdf", screener)


def test_earlier_saved_revisions_do_not_come_along(screener):
    source = pdf("<p>公告</p>")
    appended = source + b"\n% earlier: 13812345678\n"
    assert b"13812345678" not in redact_bytes(appended, "a.pdf", screener).data


class _Page(PageText):
    def __init__(self, text):
        self.text, self.boxes = text, [(float(at), 0.0, at + 1.0, 1.0) for at in range(len(text))]


@pytest.mark.parametrize(
    ("pages", "text", "stretch", "form", "found"),
    [
        (["手机13812345678"], "手机13812345678", "13812345678", "138****5678", {1: [5, 6, 7, 8]}),
        (["甲乙", "13812345678甲"], "手机 13812345678", "13812345678", "x", {2: list(range(11))}),
        (["13812345678和13812345678"], "13812345678", "13812345678", "x", {1: [*range(11), *range(12, 23)]}),
        (["申请人李秀兰女"], "李秀兰", "秀兰", "**", {1: [4, 5]}),
        (["尾138123", "45678头"], "13812345678", "13812345678", "x", {1: [1, 2, 3, 4, 5, 6], 2: [0, 1, 2, 3, 4]}),
        (["12尾", "头34"], "1234", "1234", "x", None),
        (["别的"], "13812345678", "13812345678", "x", None),
    ],
    ids=["form", "second page", "twice", "name", "page break", "too short to break", "not there"],
)
def test_where_stretches_stand(pages, text, stretch, form, found):
    at = text.index(stretch)
    boxes = located([_Page(page) for page in pages], [Piece(0, text)], [Edit(at, at + len(stretch), form)], text)
    assert found == (boxes and {number: [int(box[0]) for box in each] for number, each in boxes.items()})


def test_nothing_is_drawn_when_one_of_two_findings_cannot_be_found():
    """A page that loses its text with one number unpainted would be proved clean by being unreadable."""
    source = pdf(f"<p>手机{PHONE}</p>")
    document = read_bytes(source, whole=True)
    at = document.text.index(PHONE)
    edits = [Edit(at, at + 11, "x"), Edit(at, at + 11, "y")]
    text = document.text
    broken = type(document)(
        **{**{name: getattr(document, name) for name in document.__slots__}, "text": "＃" * len(text)}
    )
    assert printed.apply(source, document, edits[:1])[0] != source
    assert printed.apply(source, broken, edits) == (source, [])
