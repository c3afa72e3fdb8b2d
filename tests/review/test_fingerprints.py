"""What was kept by name is known again, also after the vault's key was changed (docs/adr/0010)."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from tests.review.conftest import KIND

from gongkai.foundation.vault.rotation import rotate
from gongkai.review import fingerprints
from gongkai.review.fingerprints import keyed
from gongkai.review.models import Disposal, FingerprintKey
from gongkai.review.services import dispose, request


@pytest.fixture(autouse=True)
def begun_anew():
    fingerprints._secret.cache_clear()
    yield
    fingerprints._secret.cache_clear()


def test_it_is_the_same_for_one_stretch_however_it_is_written(db):
    assert keyed("138 1234 5678") == keyed("13812345678") != keyed("13812345679")
    assert keyed(" ") == "" and len(keyed("甲")) == 64


def test_there_is_one_key_and_it_is_not_readable(db):
    keyed("甲"), keyed("乙")
    (row,) = FingerprintKey.objects.extra(select={"raw": "secret"})
    assert row.secret not in row.raw


def test_a_new_vault_key_changes_nothing(db, settings):
    before = keyed("13812345678")
    settings.VAULT_KEYS = [Fernet.generate_key().decode(), *settings.VAULT_KEYS]
    assert keyed("13812345678") == before
    rotate()
    settings.VAULT_KEYS = settings.VAULT_KEYS[:1]
    assert keyed("13812345678") == before


def test_what_was_kept_stays_kept(site, people, settings):
    site.name = "联系人手机13812345678"
    site.save()
    dispose(people.clerk, request(people.clerk, KIND, site.pk).findings.get(), Disposal.KEEP, "值班电话")
    settings.VAULT_KEYS = [Fernet.generate_key().decode(), *settings.VAULT_KEYS]
    rotate()
    settings.VAULT_KEYS = settings.VAULT_KEYS[:1]
    site.name = "联系人手机13812345678，工作时间拨打"
    site.save()
    assert request(people.clerk, KIND, site.pk).findings.get().disposal == Disposal.KEEP
