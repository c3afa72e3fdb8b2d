"""What a notice teaches of names."""

from gongkai.core.notices.teaching import taught_names


def test_a_name_broken_over_lines_teaches_nothing() -> None:
    assert taught_names(["县住房和城乡\n建设局"]) == []
    assert taught_names(["县委宣传部\n县教体局\n各乡镇"]) == ["县委宣传部", "县教体局", "各乡镇"]
