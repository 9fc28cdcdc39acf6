"""Personal numbers at rest: AES-256-GCM under a key per person, found by a keyed digest.

The master key (GONGZHI_PERSONAL_DATA_KEY) stands outside database and backup. It seals each person's own key and
keys the digests; it encrypts no number itself. Destroying a person's sealed key makes every copy unreadable.
"""

import hmac
import os
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from gongzhi.values.refusals import NotPossible

NONCE_BYTES = 12
KEY_BYTES = 32


@lru_cache(maxsize=8)
def _derived(master: str, purpose: str) -> bytes:
    """A key for one purpose, so that no key serves two."""
    kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"gongzhi {purpose}".encode())
    return kdf.derive(bytes.fromhex(master))


def _key(purpose: str) -> bytes:
    return _derived(settings.PERSONAL_DATA_KEY, purpose)


def _seal(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def _open(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
    except InvalidTag as broken:
        raise NotPossible("个人信息无法解密，请联系系统管理员核对个人信息密钥。") from broken


def new_sealed_key(person_id: UUID) -> bytes:
    """A fresh key of one person, sealed under the master key."""
    return _seal(_key("person keys"), os.urandom(KEY_BYTES), person_id.bytes)


def _own_key(sealed_key: bytes, person_id: UUID) -> bytes:
    return _open(_key("person keys"), sealed_key, person_id.bytes)


def _binding(person_id: UUID, field: str) -> bytes:
    """A ciphertext is bound to its person and field: it cannot be moved to another row."""
    return person_id.bytes + field.encode()


def encrypt(text: str, *, sealed_key: bytes, person_id: UUID, field: str) -> bytes:
    """The ciphertext of one number: nonce, then AES-GCM output. A fresh nonce each time."""
    return _seal(_own_key(sealed_key, person_id), text.encode(), _binding(person_id, field))


def decrypt(cipher: bytes, *, sealed_key: bytes, person_id: UUID, field: str) -> str:
    """The number in the clear; raises NotPossible when key, person or field do not fit."""
    return _open(_own_key(sealed_key, person_id), cipher, _binding(person_id, field)).decode()


def keyed_digest(text: str, field: str) -> str:
    """HMAC-SHA256 in hex, by which a number is found without being read. "" stays ""."""
    if not text:
        return ""
    return hmac.new(_key(f"digest {field}"), text.encode(), sha256).hexdigest()
