"""Recording where an estate lies."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from gongzhi.acts.door import Actor, action
from gongzhi.acts.roots import Root
from gongzhi.registry.facts import SetOutline
from gongzhi.registry.geometry import MICRO, BadShape, Shape, point, read_shape
from gongzhi.registry.models import Outline
from gongzhi.registry.queries import day_of, estate_of
from gongzhi.values.refusals import Invalid, NotPossible

EITHER = "轮廓和经纬度请填一样：有轮廓的粘贴 GeoJSON，没有的填经度和纬度两个数。"


def _root_of_estate(facts: SetOutline) -> Root:
    return Root("estate", facts.estate_id)


@action(
    "registry.set_outline",
    title="登记小区位置",
    facts=SetOutline,
    root=_root_of_estate,
    may="registrar_of_estate",
)
def set_outline(*, by: Actor, at: datetime, facts: SetOutline) -> dict[str, Any]:
    """Record an estate's outline or point, with frame, source and date; the record keeps what stood before."""
    estate, shape = estate_of(facts.estate_id), _shape(facts)
    if facts.measured_on > day_of(at):
        raise NotPossible("位置的日期不能晚于今天，请核对后填写。")
    Outline.objects.update_or_create(estate=estate, defaults=columns_of(shape) | _origin(facts))
    return {"estate_id": estate.pk, "kind": shape.kind}


def _shape(facts: SetOutline) -> Shape:
    numbers = (facts.longitude, facts.latitude)
    if facts.geojson and numbers == (None, None):
        return read_shape(facts.geojson)
    if facts.geojson or facts.longitude is None or facts.latitude is None:
        raise Invalid(EITHER, fields={"geojson": EITHER})
    try:
        return point(facts.longitude, facts.latitude)
    except BadShape as wrong:
        raise Invalid(f"位置填写有误：{wrong}。", fields={"longitude": f"{wrong}。"}) from None


def _origin(facts: SetOutline) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in ("datum", "source", "measured_on")}


def columns_of(shape: Shape) -> dict[str, Any]:
    """A shape with the copies a list reads: its box and its centre."""
    numbers = dict(
        zip(
            ("west", "south", "east", "north", "longitude", "latitude"),
            (*shape.box, *shape.centre),
            strict=True,
        )
    )
    degrees = {name: Decimal(number) / MICRO for name, number in numbers.items()}
    return {"shape": shape.as_geojson(), "is_point": shape.kind == "Point", **degrees}
