"""Settings of the test suite: rehearsal mode, cheap password hashes, SQLite unless GONGZHI_DATABASE_URL says."""

import os

os.environ.setdefault("GONGZHI_MODE", "test")

from .settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = None  # type: ignore[assignment]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
