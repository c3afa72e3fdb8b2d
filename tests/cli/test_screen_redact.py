"""`gongkai screen --redact OUT` (contracts/cli.md): copies, what they are proved of, and what none is made of."""

import json
import os

import openpyxl
import pytest
import weasyprint
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.core.documents.whole.recognition import missing

ID, MASKED = "11010519491231002X", "11*************02X"
TEXT = f"张某，身份证号{ID}。\n"


@pytest.fixture
def run():
    return lambda *words, **more: CliRunner().invoke(main, ["screen", *map(str, words)], **more)


@pytest.fixture
def folder(tmp_path):
    """A folder of two texts, one of them in a folder of its own, and a file that nobody can read."""
    base = tmp_path / "拟公开"
    (base / "附件").mkdir(parents=True)
    (base / "公告.txt").write_text(TEXT, "utf-8")
    (base / "附件" / "公告.txt").write_text("道路施工，请绕行。\n", "utf-8")
    return base


def files_in(path):
    return sorted(str(each.relative_to(path)) for each in path.rglob("*") if each.is_file())


def test_one_file_is_copied_to_the_name_given_and_the_copy_is_clean(run, tmp_path):
    source, out = tmp_path / "a.txt", tmp_path / "新" / "b.txt"
    source.write_text(TEXT, "utf-8")
    result = run(source, "--redact", out)
    assert result.exit_code == 1, "something was found in the source"
    assert out.read_text("utf-8-sig") == TEXT.replace(ID, MASKED) and source.read_text("utf-8") == TEXT
    assert "[副本]" in result.stdout and "遮盖 1 处" in result.stdout and "已重新筛查，没有发现" in result.stdout
    assert run(out).exit_code == 0


def test_json_says_what_became_of_the_copy(run, tmp_path):
    source, out = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_text(TEXT, "utf-8")
    (file,) = json.loads(run(source, "--redact", out, "--format", "json").stdout)["files"]
    assert file["redacted"] == {
        "path": str(out),
        "masked": {"resident-id": 1},
        "removed": [],
        "left": [],
        "not_examined": [],
    }
    (file,) = json.loads(run(source, "--format", "json").stdout)["files"]
    assert "redacted" not in file


def test_a_folder_keeps_its_shape(run, tmp_path, folder):
    assert run(folder, "--redact", tmp_path / "out").exit_code == 1
    assert files_in(tmp_path / "out") == ["公告.txt", "附件/公告.txt"]
    assert ID not in (tmp_path / "out" / "公告.txt").read_text("utf-8-sig")


def test_an_existing_folder_takes_files_by_their_names_and_numbers_equal_ones(run, tmp_path, folder):
    out = tmp_path / "out"
    out.mkdir()
    run(folder / "公告.txt", folder / "附件" / "公告.txt", "--redact", out)
    assert files_in(out) == ["公告-2.txt", "公告.txt"]


@pytest.mark.parametrize("name", ["a.txt", "sub/../a.txt", "symbolic.txt", "hard.txt"])
def test_the_source_is_never_overwritten(run, tmp_path, name):
    source = tmp_path / "a.txt"
    source.write_text(TEXT, "utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "symbolic.txt").symlink_to(source)
    os.link(source, tmp_path / "hard.txt")
    result = run(source, "--redact", tmp_path / name)
    assert result.exit_code == 2 and "不能覆盖原文件" in result.stderr and result.stderr.count("\n") == 1
    assert source.read_text("utf-8") == TEXT and result.stdout == ""


def test_copies_do_not_go_into_the_folder_that_is_screened(run, folder):
    before = files_in(folder)
    for out in (folder, folder / "副本"):
        result = run(folder, "--redact", out)
        assert result.exit_code == 2 and "被筛查的文件夹" in result.stderr
    assert files_in(folder) == before


def test_several_files_need_a_folder(run, tmp_path, folder):
    out = tmp_path / "out.txt"
    out.write_text("已有", "utf-8")
    assert run(folder, "--redact", out).exit_code == 2
    assert out.read_text("utf-8") == "已有"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("机密★5年\n关于会议的通知", "保密审查"),
        (f"内部资料\n\n{TEXT}", "内部文件标志"),
        (f"此件不公开\n{TEXT}", "不公开"),
    ],
    ids=["state secret", "internal mark", "not public"],
)
def test_what_masking_cannot_settle_makes_no_copy_and_is_named(run, tmp_path, text, said):
    """保守国家秘密法 31(3): no classified text is stored; a mark that is taken off deceives."""
    source, out = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_text(text, "utf-8")
    result = run(source, "--redact", out)
    assert result.exit_code == 2 and said in result.stderr and "[无副本]" in result.stdout
    assert not out.exists() and files_in(tmp_path) == ["a.txt"]


def test_one_file_without_a_copy_does_not_keep_the_others_from_theirs(run, tmp_path, folder):
    (folder / "密.txt").write_text("机密★5年", "utf-8")
    (folder / "乱.bin").write_bytes(bytes(range(256)) * 40)
    result = run(folder, "--redact", tmp_path / "out", "--format", "json")
    assert result.exit_code == 2 and files_in(tmp_path / "out") == ["公告.txt", "附件/公告.txt"]
    told = {file["path"].rpartition("/")[2]: file["redacted"]["path"] for file in json.loads(result.stdout)["files"]}
    assert told["密.txt"] is None and told["乱.bin"] is None
    assert "密.txt" in result.stderr and "乱.bin" in result.stderr


def test_wording_stays_and_is_said(run, tmp_path):
    """The machine rewords nothing: a copy with a slip is clean of everything else, and the slip is listed."""
    source, out = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_text(f"严禁按装。\n{TEXT}", "utf-8")
    result = run(source, "--redact", out)
    assert "严禁按装" in out.read_text("utf-8-sig")
    assert "只剩用语问题 1 处" in result.stdout
    (file,) = json.loads(run(source, "--redact", out, "--format", "json").stdout)["files"]
    assert [finding["category"] for finding in file["redacted"]["left"]] == ["typo"]


def test_an_id_number_in_a_hidden_column_leaves_no_trace(run, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["事项", "身份证号"])
    book.active.append(["公示", ID])
    book.active.column_dimensions["B"].hidden = True
    source, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book.save(source)
    result = run(source, "--redact", out)
    assert "隐藏的行、列或单元格" in result.stdout and run(out).exit_code == 0
    assert not any(ID in str(cell.value) for row in openpyxl.load_workbook(out).active for cell in row)


def test_an_earlier_copy_is_replaced(run, tmp_path):
    source, out = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_text(TEXT, "utf-8")
    out.write_text("旧副本", "utf-8")
    assert run(source, "--redact", out).exit_code == 1
    assert MASKED in out.read_text("utf-8-sig")


def test_what_cannot_be_written_is_one_line(run, tmp_path):
    source, blocked = tmp_path / "a.txt", tmp_path / "blocked"
    source.write_text(TEXT, "utf-8")
    blocked.write_text("", "utf-8")
    result = run(source, "--redact", blocked / "b.txt")
    assert result.exit_code == 2 and "写不进去" in result.stderr and result.stderr.count("\n") == 1


def test_standard_input_has_no_copy(run, tmp_path):
    result = run("-", "--redact", tmp_path / "b.txt", input=TEXT)
    assert result.exit_code == 2 and "标准输入" in result.stderr and files_in(tmp_path) == []


def test_a_pdf_says_which_pages_lost_their_text(run, tmp_path):
    source, out = tmp_path / "a.pdf", tmp_path / "b.pdf"
    weasyprint.HTML(string=f"<p>身份证号{ID}</p>").write_pdf(source)
    result = run(source, "--redact", out)
    assert "第1页的文字层（该页改为图像，不能再检索和朗读）" in result.stdout
    named = "[副本中未检查] 第 1 页是扫描图像" in result.stdout
    assert named == bool(missing()) and run(out).exit_code == 0  # where text is recognised, the picture is read
