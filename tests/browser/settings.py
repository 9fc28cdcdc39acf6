"""Settings of the demonstration that is served to the browser: those of a rehearsal, with cheap password hashes."""

from gongzhi.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
