"""How far the clock is to be moved."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from gongzhi.ui.forms.fields import INVALID, LocalDatetimeField

from .passing import FARTHEST

ONE_OF_THEM = "请填写日数或者时间，只填一项。"


class ClockForm(forms.Form):
    """So many days on, or an instant."""

    days = forms.IntegerField(
        label="往后拨几日",
        help_text="和下一项只填一项",
        required=False,
        min_value=1,
        max_value=FARTHEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={
            "invalid": INVALID["number"],
            "min_value": "至少 1 日。",
            "max_value": f"一次最多 {FARTHEST} 日，请分几次拨。",
        },
    )
    at = LocalDatetimeField(label="拨到某个时间", required=False)
    #: The time the page showed: days are counted from there, so that pressing twice moves it once.
    shown = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        said = super().clean() or {}
        if not self.errors and (said.get("days") is None) == (said.get("at") is None):
            raise forms.ValidationError(ONE_OF_THEM)
        return said

    def instant(self, now: datetime) -> datetime:
        """Where the clock is to stand."""
        days, at = self.cleaned_data["days"], self.cleaned_data["at"]
        since = self.cleaned_data.get("shown") or now
        return since + timedelta(days=days) if days is not None else at

    def is_again(self, now: datetime) -> bool:
        """Whether the page it was sent from is one the clock has left by those days already."""
        return self.cleaned_data["days"] is not None and self.instant(now) <= now
