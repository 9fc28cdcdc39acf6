"""Whether a photograph was taken on the spot: a rule anybody can apply by hand."""

from datetime import datetime, timedelta

from django.db import models

#: How long before its arrival a picture from the camera field may have been taken: without a network it is sent later.
#: Ours to choose, not law.
BEFORE = timedelta(hours=2)
#: How far a telephone's clock may be fast. Ours to choose, not law.
AHEAD = timedelta(minutes=10)
OFF_SITE = "非现场拍摄"
ON_SITE = "现场拍摄"
AS_RECEIVED = "拍摄时间以收到为准"


class Way(models.TextChoices):
    """Through which field of the form a picture came."""

    CAMERA = "camera", "现场拍照"
    ALBUM = "album", "从相册选"


def is_on_site(way: str, shot_at: datetime | None, sent_at: datetime) -> bool:
    """An album's picture never is; one from the camera is, unless its own time says that it is older, or yet to come.

    Many browsers take the time out of a picture: from the camera without a time it counts as taken when it came.
    """
    if way != Way.CAMERA:
        return False
    return shot_at is None or sent_at - BEFORE <= shot_at <= sent_at + AHEAD
