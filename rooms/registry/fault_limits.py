"""Thresholds of the fault rules (design 7), for a site, a kind of device or one device.

rooms.yaml says only what differs; ``Limits`` has everything filled in. ``false`` turns a rule off.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from rooms.registry.fields import Duration, Hold, Id, Model, Number, Whole

Family = Literal["sensor", "vc", "display", "panel"]

_Percent = Annotated[Number, Field(ge=0, le=100)]
_Count = Annotated[Whole, Field(ge=1, le=1000)]


class DeviceSilent(Model):
    intervals: Annotated[Number, Field(ge=1, le=100)] | None = Field(
        None, description="So many expect_every without a word; 2.5, LoRaWAN 4.5"
    )
    offline: Duration = Field(120, description="Said to be offline (last will) for so long")
    clear: Hold = Field(0, description="Heard again for so long")


class SourceSilent(Model):
    due: _Count = Field(8, description="So many messages of its devices are a minute late")
    least: Duration = Field(300, description="Not before so long, however many were due")
    devices: _Count = Field(2, description="With fewer devices it is theirs alone to be silent")
    offline: Duration = Field(120, description="Said to be offline (bridge state) for so long")


class Reported(Model):
    """What equipment says about itself."""

    after: Hold = Field(0, description="It has said so for so long")
    clear: Hold = Field(120, description="It has not said so for so long")


class PeripheralMissing(Model):
    after: Hold = 120
    clear: Hold = 0
    seen: Duration = Field(7 * 86_400, description="It was there within so long")
    types: tuple[Literal["camera", "microphone", "touch_panel", "speaker", "part"], ...] = (
        "camera",
        "microphone",
        "touch_panel",
    )


class BatteryLow(Model):
    below: _Percent = 20
    clear: _Percent = Field(25, description="An open one clears above this")


class SensorStuck(Model):
    occupied: Duration = Field(16 * 3600, description="Occupied without change for so long")
    never: Duration = Field(7 * 86_400, description="Never triggered for so long")
    others: _Count = Field(3, description="while others saw people so many times")


class SensorDisagreement(Model):
    after: Duration = Field(15 * 60, description="Vacant here and in use elsewhere for so long")
    clear: Hold = Field(300, description="They have agreed for so long")


class AirQuality(Model):
    above: Annotated[Number, Field(ge=400, le=10_000)] = Field(1200, description="ppm")
    clear: Annotated[Number, Field(ge=400, le=10_000)] = Field(1000, description="ppm")
    after: Duration = Field(20 * 60, description="while occupied, for so long")


class ClockSkew(Model):
    above: Annotated[Duration, Field(ge=300)] = Field(300, description="Off by more than this")


class DecodeFailing(Model):
    running: _Count = Field(5, description="So many messages running could not be used")


class Flapping(Model):
    changes: _Count = Field(6, description="More than so many times opened and resolved")
    within: Duration = 3600


class CoverageLow(Model):
    below: _Percent = Field(90, description="Percent of the running month's bookable time known")


class Limits(Model):
    """Every threshold that holds for one device, or for a site's rooms and the service."""

    device_silent: DeviceSilent | None = DeviceSilent()
    source_silent: SourceSilent | None = SourceSilent()
    equipment_error: Reported | None = Reported()
    equipment_warning: Reported | None = Reported()
    peripheral_missing: PeripheralMissing | None = PeripheralMissing()
    battery_low: BatteryLow | None = BatteryLow()
    sensor_stuck: SensorStuck | None = SensorStuck()
    sensor_disagreement: SensorDisagreement | None = SensorDisagreement()
    air_quality: AirQuality | None = AirQuality()
    clock_skew: ClockSkew | None = ClockSkew()
    decode_failing: DecodeFailing | None = DecodeFailing()
    flapping: Flapping | None = Flapping()
    coverage_low: CoverageLow | None = CoverageLow()


def _without_null(schema: dict[str, Any]) -> None:
    """Left out is not null: a rule that is named has thresholds, or is off."""
    for field in schema["properties"].values():
        field["anyOf"] = [part for part in field["anyOf"] if part.get("type") != "null"]
        del field["default"]


class Overrides(Model):
    """What differs, threshold by threshold; ``false`` turns a rule off."""

    model_config = ConfigDict(json_schema_extra=_without_null)

    device_silent: DeviceSilent | Literal[False] | None = None
    source_silent: SourceSilent | Literal[False] | None = None
    equipment_error: Reported | Literal[False] | None = None
    equipment_warning: Reported | Literal[False] | None = None
    peripheral_missing: PeripheralMissing | Literal[False] | None = None
    battery_low: BatteryLow | Literal[False] | None = None
    sensor_stuck: SensorStuck | Literal[False] | None = None
    sensor_disagreement: SensorDisagreement | Literal[False] | None = None
    air_quality: AirQuality | Literal[False] | None = None
    clock_skew: ClockSkew | Literal[False] | None = None
    decode_failing: DecodeFailing | Literal[False] | None = None
    flapping: Flapping | Literal[False] | None = None
    coverage_low: CoverageLow | Literal[False] | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _off(cls, value: Any) -> Any:
        if value is not False and not isinstance(value, dict | Model):
            raise PydanticCustomError("limit_off", "a mapping of thresholds, or false")
        return value


# what belongs to a source, a room or the service is the site's to say
SITE_ONLY: Final = ("source_silent", "air_quality", "flapping", "coverage_low")


class Thresholds(Model):
    """``faults`` in rooms.yaml: the most particular holds, threshold by threshold."""

    site: Overrides = Overrides()
    kinds: dict[Family, Overrides] = Field({})
    devices: dict[Id, Overrides] = Field({})

    def of(self, family: Family | None = None, device: str | None = None) -> Limits:
        """With everything filled in, for a device; without one, for the site."""
        layers = [self.site]
        if family is not None and family in self.kinds:
            layers.append(self.kinds[family])
        if device is not None and device in self.devices:
            layers.append(self.devices[device])
        limits: dict[str, Any] = {}
        for layer in layers:
            for name in layer.model_fields_set:
                given = getattr(layer, name)
                if given is False:
                    limits[name] = None
                elif given is not None:
                    before = limits.get(name) or {}
                    limits[name] = before | given.model_dump(exclude_unset=True)
        return Limits.model_validate(limits)
