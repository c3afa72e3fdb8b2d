"""Settings for tests: the product's own, with quick passwords and data in a folder that goes away."""

import os
import sys
import tempfile

# Every process that runs tests has a folder of its own, whatever the environment names: `make` names the product's, and
# workers inherit that of their leader. A program that a test starts keeps the one it is given.
if "pytest" in sys.modules:
    FOLDER = tempfile.TemporaryDirectory(prefix="gongkai-test-", ignore_cleanup_errors=True)
    os.environ["GONGKAI_DATA"] = FOLDER.name

from gongkai.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
# A file, as in use: an in-memory database shared by threads locks where the real one waits.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}  # noqa: F405
    # What a test writes need not survive a power cut.
    options = DATABASES["default"].setdefault("OPTIONS", {})  # noqa: F405
    options["init_command"] = options.get("init_command", "") + " PRAGMA synchronous=OFF;"
GONGKAI_PAGE_CACHE_BYTES = 0  # the tests of the page cache switch it on
# The room that uses every registry (tests/foundation/dummy_room); foundation's ready() finds its modules.
INSTALLED_APPS = ["tests.foundation.dummy_room", *INSTALLED_APPS]  # noqa: F405
