"""A form that was sent when the session it was shown in was over: kept sealed until who filled it in is back.

The form itself says whose it is (`mark`), signed, so that on a shared machine nobody else is given what another typed.
Files are not kept: nobody is signed in whose they could be. What they are called is said once, on the page of signing
in; where they were stored before, the form names them.
"""

import json
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, QueryDict

from . import secrets

BY = "form-by"
#: A longer form is let go. Ours to choose, not law.
LARGEST = 64 * 1024
_SESSION, _LOST = "unsent", "unsent_files"
#: So many files are named, each by so much of its name.
MOST_NAMES, LONGEST_NAME = 20, 100
_SIGNER = Signer(salt="gongzhi.accounts.unsent")


def mark(account_id: UUID) -> str:
    """What a form carries to say who fills it in."""
    return _SIGNER.sign(str(account_id))


def is_for(request: HttpRequest) -> bool:
    """Whether the form that was sent may wait in this session: nobody else is signed in than who filled it in."""
    owner = _owner(request)
    return bool(owner) and (not request.user.is_authenticated or owner == str(request.user.pk))


def keep(request: HttpRequest) -> bool:
    """Keep what was sent to this address; False where the form was nobody's, or is too long.

    What the files that came with it are called is kept either way.
    """
    _keep_names(request)
    owner = _owner(request)
    if not owner:
        return False
    said = {"by": owner, "to": request.get_full_path(), "said": dict(request.POST.lists())}
    text = json.dumps(said, ensure_ascii=False)
    if len(text.encode()) > LARGEST:
        return False
    request.session[_SESSION] = secrets.seal(text)
    return True


def _owner(request: HttpRequest) -> str:
    try:
        return _SIGNER.unsign(request.POST.get(BY, ""))
    except BadSignature:
        return ""


def _keep_names(request: HttpRequest) -> None:
    sent = [one for _, each in request.FILES.lists() for one in each]
    names = [(one.name or "")[:LONGEST_NAME] for one in sent[:MOST_NAMES]]
    if names:
        request.session[_LOST] = secrets.seal(json.dumps(names, ensure_ascii=False))


def lost_files(request: HttpRequest) -> list[str]:
    """What the files are called that came when the session was over; said once."""
    sealed = request.session.pop(_LOST, None)
    return json.loads(secrets.unseal(sealed)) if sealed is not None else []


def is_kept(request: HttpRequest) -> bool:
    """Whether something waits for whoever signs in."""
    return _SESSION in request.session


def take(request: HttpRequest) -> QueryDict | None:
    """What this account had sent to this address, given out once; another account's is let go."""
    sealed = request.session.get(_SESSION)
    if sealed is None:
        return None
    kept = json.loads(secrets.unseal(sealed))
    is_own = kept["by"] == str(request.user.pk)
    if is_own and kept["to"] != request.get_full_path():
        return None
    del request.session[_SESSION]
    return _as_sent(kept["said"]) if is_own else None


def _as_sent(said: dict[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in said.items():
        data.setlist(name, values)
    return data
