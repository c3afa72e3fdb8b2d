"""Settings come from the environment; production refuses what is for trying out."""

import json
import os
import subprocess
import sys

import pytest

SHOW = """
import json
from gongkai.config import settings as s
print(json.dumps({"engine": s.DATABASES["default"]["ENGINE"], "debug": s.DEBUG, "data": str(s.DATA),
                  "secure": s.SESSION_COOKIE_SECURE, "key": s.SECRET_KEY, "database": s.DATABASES["default"].get("OPTIONS"), "mail": s.EMAIL_BACKEND}))
"""


def settings(tmp_path, **variables):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DATABASE_URL"))}
    environment = {**kept, "GONGKAI_DATA": str(tmp_path), **variables}
    return subprocess.run([sys.executable, "-c", SHOW], env=environment, capture_output=True, text=True, check=False)


def shown(tmp_path, **variables):
    return json.loads(settings(tmp_path, **variables).stdout)


def test_defaults_are_safe(tmp_path):
    values = shown(tmp_path)
    assert values["engine"].endswith("sqlite3") and not values["debug"]
    assert values["data"] == str(tmp_path)
    assert values["mail"].endswith("filebased.EmailBackend")


def test_the_secret_key_is_kept_between_starts(tmp_path):
    assert shown(tmp_path)["key"] == shown(tmp_path)["key"]


def test_one_setting_changes_to_postgresql(tmp_path):
    assert shown(tmp_path, DATABASE_URL="postgres://u:p@127.0.0.1/x")["engine"].endswith("postgresql")


def test_sqlite_by_its_address_waits_for_its_turn_as_the_default_does(tmp_path):
    elsewhere = shown(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/other.sqlite3")
    assert elsewhere["database"]["transaction_mode"] == "IMMEDIATE"
    assert elsewhere["database"] == shown(tmp_path)["database"]


def test_cookies_are_secure_where_the_address_is(tmp_path):
    assert shown(tmp_path, GONGKAI_BASE_URL="https://gk.example")["secure"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GONGKAI_DEBUG", "1"),
        ("GONGKAI_NOW", "2023-09-20T09:00:00+08:00"),
        ("GONGKAI_SECRET_KEY", "demo"),
        ("GONGKAI_SECRET_KEY", "a" * 50),
        ("GONGKAI_SECRET_KEY", "django-insecure-0123456789abcdefghijklmnopqrstuvwxyz"),
        ("GONGKAI_VAULT_KEYS", "A" * 43 + "="),
        ("GONGKAI_HOSTS", "gk.example.gov.cn,*"),
        ("GONGKAI_BASE_URL", "http://gk.example.gov.cn"),
    ],
)
def test_production_refuses_what_is_for_trying_out(tmp_path, name, value):
    refused = settings(tmp_path, GONGKAI_PRODUCTION="1", **{name: value})
    assert refused.returncode == 2
    assert len(refused.stderr.strip().splitlines()) == 1 and name in refused.stderr


def test_production_starts_with_what_is_safe(tmp_path):
    started = settings(
        tmp_path,
        GONGKAI_PRODUCTION="1",
        GONGKAI_HOSTS="gk.example.gov.cn",
        GONGKAI_BASE_URL="https://gk.example.gov.cn",
    )
    assert started.returncode == 0 and json.loads(started.stdout)["secure"]
    assert settings(tmp_path, GONGKAI_PRODUCTION="1").returncode == 0, "on the machine itself no one listens in"


@pytest.mark.parametrize(
    ("name", "value"),
    [("GONGKAI_NOW", "gestern"), ("GONGKAI_BASE_URL", "gk.example.gov.cn"), ("GONGKAI_BASE_URL", "ftp://gk.example")],
)
def test_what_means_nothing_is_refused_at_the_start_in_one_line(tmp_path, name, value):
    refused = settings(tmp_path, **{name: value})
    assert refused.returncode == 2
    assert len(refused.stderr.strip().splitlines()) == 1 and name in refused.stderr


def test_a_number_that_is_none_is_named(tmp_path):
    refused = settings(tmp_path, GONGKAI_PROXIES="many")
    assert refused.returncode == 2 and "GONGKAI_PROXIES" in refused.stderr


@pytest.mark.parametrize("name", ["GONGKAI_MEND_DAYS", "GONGKAI_ESCALATE_DAYS"])
@pytest.mark.parametrize("value", ["0", "-3", "ten"])
def test_a_term_of_no_days_is_refused(tmp_path, name, value):
    refused = settings(tmp_path, **{name: value})
    assert refused.returncode == 2
    assert name in refused.stderr and len(refused.stderr.splitlines()) == 1
