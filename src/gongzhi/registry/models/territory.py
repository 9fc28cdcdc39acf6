"""The codes by which people are scoped: every row they see carries them."""

from typing import Self

from django.db import models

from gongzhi.values.ids import new_id

LEVELS = ("city", "county", "subdistrict", "community")


class Placed(models.Model):
    """A row that lies in a city, a county, a subdistrict and a community; "" where it lies above that level."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    city = models.CharField("市", max_length=12, blank=True, default="")
    county = models.CharField("县（市、区）", max_length=12, blank=True, default="")
    subdistrict = models.CharField("街道（乡镇）", max_length=12, blank=True, default="")
    community = models.CharField("社区", max_length=12, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes it lies in, widest first, without the empty ones."""
        return tuple(code for code in (self.city, self.county, self.subdistrict, self.community) if code)

    def lies_in(self, code: str) -> bool:
        """Whether the code is one of those it lies in."""
        return code in self.codes

    def takes_place_of(self, other: "Placed") -> Self:
        """Copy the four codes of another row."""
        for level in LEVELS:
            setattr(self, level, getattr(other, level))
        return self
