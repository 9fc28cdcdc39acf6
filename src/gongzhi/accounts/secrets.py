"""The secrets of one-time codes at rest: AES-256-GCM under a key derived from GONGZHI_PERSONAL_DATA_KEY."""

import base64
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from gongzhi.values.refusals import NotPossible

NONCE_BYTES, KEY_BYTES = 12, 32


@lru_cache(maxsize=4)
def _key(master: str) -> AESGCM:
    kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"gongzhi second factor")
    return AESGCM(kdf.derive(bytes.fromhex(master)))


def seal(text: str) -> str:
    """Nonce and ciphertext, as base64."""
    nonce = os.urandom(NONCE_BYTES)
    return base64.b64encode(
        nonce + _key(settings.PERSONAL_DATA_KEY).encrypt(nonce, text.encode(), None)
    ).decode()


def unseal(sealed: str) -> str:
    """The text again; NotPossible where the key is another."""
    raw = base64.b64decode(sealed)
    try:
        opened = _key(settings.PERSONAL_DATA_KEY).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None)
    except InvalidTag as broken:
        raise NotPossible("动态口令的密钥无法读取，请联系系统管理员核对个人信息密钥。") from broken
    return opened.decode()
