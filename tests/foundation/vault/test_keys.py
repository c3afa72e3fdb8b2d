"""Encryption with several keys, and what is said when none fits."""

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foundation.vault.blind import blind_indexes, plain
from gongkai.foundation.vault.keys import VaultError, decrypt, encrypt, index_keys, is_current

OLD, NEW, OTHER = (Fernet.generate_key().decode() for _ in range(3))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_goes_in_comes_out(text):
    assert decrypt(encrypt(text)) == text


def test_the_same_text_never_looks_the_same():
    assert encrypt("110105194912310021") != encrypt("110105194912310021")


def test_the_text_is_not_in_the_token():
    assert "张三" not in encrypt("张三")


def test_older_keys_still_read(settings):
    settings.VAULT_KEYS = [OLD]
    token = encrypt("张三")
    settings.VAULT_KEYS = [NEW, OLD]
    assert decrypt(token) == "张三"
    assert not is_current(token)
    assert is_current(encrypt("张三"))


def test_a_key_that_is_gone_is_named_as_the_cause(settings):
    settings.VAULT_KEYS = [OLD]
    token = encrypt("张三")
    settings.VAULT_KEYS = [OTHER]
    with pytest.raises(VaultError, match="GONGKAI_VAULT_KEYS"):
        decrypt(token)


@given(st.integers(0, 200), st.integers(0, 63))
def test_a_changed_token_is_no_token(place, letter):
    token = encrypt("张三，身份证号 110105194912310021")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    place %= len(token.rstrip("=")) - 1  # the last letter has bits that stand for nothing
    changed = token[:place] + alphabet[letter] + token[place + 1 :]
    if changed != token:
        with pytest.raises(VaultError):
            decrypt(changed)


@pytest.mark.parametrize(
    ("keys", "said"),
    [([], "没有加密密钥"), (["short"], "第 1 个密钥格式有误"), ([NEW, "x" * 44], "第 2 个密钥格式有误")],
)
def test_malformed_keys_are_named(settings, keys, said):
    settings.VAULT_KEYS = keys
    with pytest.raises(VaultError, match=said):
        encrypt("张三")


def test_a_malformed_key_is_not_printed(settings):
    settings.VAULT_KEYS = ["secret-but-malformed"]
    with pytest.raises(VaultError) as caught:
        encrypt("张三")
    assert "secret" not in str(caught.value)


def test_an_index_depends_on_key_purpose_and_value(settings):
    settings.VAULT_KEYS = [NEW, OLD]
    index = blind_indexes("张三", "foi.applicant.name")
    assert len(index) == len(set(index)) == 2
    assert blind_indexes("张三", "foi.applicant.name") == index
    assert not set(index) & set(blind_indexes("张三", "foi.applicant.phone"))
    assert not set(index) & set(blind_indexes("张四", "foi.applicant.name"))
    settings.VAULT_KEYS = [OLD]
    assert blind_indexes("张三", "foi.applicant.name") == index[1:]


def test_index_keys_are_not_the_vault_keys():
    assert len(index_keys("a")[0]) == 32
    assert index_keys("a") != index_keys("b")


@pytest.mark.parametrize(
    ("one", "other"),
    [("11010519491231002x", "11010519491231002X"), ("１３８ 0013 8000", "13800138000"), (" 张 三 ", "张三")],
)
def test_spellings_that_make_no_difference(one, other):
    assert plain(one) == plain(other)
    assert blind_indexes(one, "p") == blind_indexes(other, "p")


@pytest.mark.parametrize("nothing", ["", "  ", "\u3000"])
def test_nothing_has_no_index(nothing):
    assert blind_indexes(nothing, "p") == []
