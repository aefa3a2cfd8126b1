"""What the environment says (``RUMSKOLL_…``, ``.env``, ``…_FILE`` for Docker secrets).

Anything personal or secret belongs here or in contacts.yaml, never in rooms.yaml.
"""

from __future__ import annotations

import re
import secrets
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ByteSize,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from rooms.registry.fields import parse_duration
from rumskoll.language import spoken
from rumskoll.setting_errors import PREFIX, SettingsError, setting_mistake, variable
from rumskoll.setting_files import SecretFiles
from rumskoll.setting_rules import broken_rules
from rumskoll.urls import (
    MqttAddress,
    checked_email,
    checked_mqtt,
    checked_prefix,
    checked_secret_web,
    checked_sender,
    checked_store,
    checked_web,
)


def _seconds(value: Any) -> Any:
    return parse_duration(int(value) if isinstance(value, str) and value.isdecimal() else value)


def _clock(value: Any) -> Any:
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)(?::00)?", str(value), re.ASCII)
    if match is None:
        raise PydanticCustomError("clock", "not a time of day")
    return time(int(match[1]), int(match[2]))


def _size(value: Any) -> Any:
    try:
        return int(_bytes(value))
    except ValueError:
        raise PydanticCustomError("size", "not a size") from None


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


Port = Annotated[int, Field(ge=1, le=65_535)]
_bytes = TypeAdapter(ByteSize).validate_python


class Settings(BaseSettings):
    """Every setting, with its default; the descriptions become ``.env.example``."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    rooms: Path = Field(Path("rooms.yaml"), description="rooms.yaml, or a folder of one per site")
    contacts: Path | None = Field(None, description="contacts.yaml, if there is one")
    data: Path = Field(Path("data"), description="Folder for what the service keeps on disk")
    demo: bool = Field(False, description="Trial: everybody may look, on this computer only")
    language: Annotated[Literal["sv", "en"], BeforeValidator(_lower)] = Field(
        default_factory=spoken, description="sv or en; from LANG if not set"
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = (
        Field("info", description="debug, info, warning or error")
    )

    host: str = Field("127.0.0.1", description="Address to serve the board and the API on")
    port: Port = Field(8080, description="Port to serve the board and the API on")
    public_url: Annotated[str, AfterValidator(checked_web)] = Field(
        "",
        description="Where people reach the board, for links in alerts, e.g. https://rum.example",
    )
    signing_secret: SecretStr = Field(
        SecretStr(""),
        description="At least 32 characters, for links and sessions; outside demo mode required",
    )

    broker: Literal["none", "iotcore", "mosquitto"] = Field(
        "none", description="Start a broker as well: iotcore (trials) or mosquitto (installed)"
    )
    mqtt_port: Port = Field(1883, description="Port of that embedded broker")
    mqtt_url: Annotated[str, AfterValidator(checked_mqtt)] = Field(
        "mqtt://127.0.0.1:1883", description="The broker: mqtt://host:1883 or mqtts://host:8883"
    )
    mqtt_username: str = Field("", description="User name at the broker")
    mqtt_password: SecretStr = Field(SecretStr(""), description="Password at the broker")
    mqtt_ca: Path | None = Field(None, description="CA certificates for mqtts; the system's if not")
    mqtt_cert: Path | None = Field(
        None, description="Own certificate, where the broker asks for one"
    )
    mqtt_key: Path | None = Field(None, description="Key of that certificate")
    mqtt_version: Literal["3.1.1", "5"] = Field("3.1.1", description="3.1.1 (faster) or 5")
    mqtt_client_id: str = Field(
        "rumskoll", min_length=1, max_length=64, description="Name of our session; one per service"
    )
    mqtt_keepalive: int = Field(60, ge=5, le=3600, description="Seconds")
    publish: bool = Field(
        True, description="Publish rooms and faults back, retained, below rumskoll-state/"
    )
    homeassistant: bool = Field(
        False, description="Tell Home Assistant of the rooms too (MQTT discovery)"
    )
    homeassistant_prefix: Annotated[str, AfterValidator(checked_prefix)] = Field(
        "homeassistant", description="Home Assistant's discovery prefix"
    )

    store: Annotated[str, AfterValidator(checked_store)] = Field(
        "", description="sqlite:PATH or http(s)://host:8086; sqlite in the data folder if not set"
    )
    influx_user: str = Field("", description="User name at InfluxDB")
    influx_token: SecretStr = Field(SecretStr(""), description="Token or password at InfluxDB")
    retention_days: int = Field(
        90, ge=3, le=3660, description="How long raw readings are kept, at least 3 days"
    )
    calendar_every: Annotated[int, BeforeValidator(_seconds)] = Field(
        300, ge=60, le=86_400, description="How often calendars are read, e.g. 5min"
    )
    outbox_limit: Annotated[int, BeforeValidator(_size)] = Field(
        2**30, ge=2**20, description="Largest outbox while the store is away, e.g. 1GiB"
    )
    quarantine_limit: Annotated[int, BeforeValidator(_size)] = Field(
        64 * 2**20, ge=2**20, description="Most bytes of unusable messages to keep, e.g. 64MiB"
    )
    quarantine_rows: int = Field(
        10_000, ge=100, le=10_000_000, description="Most unusable messages to keep"
    )

    smtp_host: str = Field("", description="Mail server; no e-mail if not set")
    smtp_port: Port = Field(587, description="465 for tls, 587 for starttls")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="starttls, tls or none"
    )
    smtp_username: str = Field("", description="User name at the mail server")
    smtp_password: SecretStr = Field(SecretStr(""), description="Password at the mail server")
    smtp_from: Annotated[str, AfterValidator(checked_sender)] = Field(
        "", description="Sender's address, e.g. Rumskoll <rooms@company.example>"
    )

    heartbeat_url: Annotated[SecretStr, AfterValidator(checked_secret_web)] = Field(
        SecretStr(""),
        description="Fetched as long as the collector is well, e.g. an address of healthchecks.io",
    )
    heartbeat_every: Annotated[int, BeforeValidator(_seconds)] = Field(
        60, ge=10, le=3600, description="How often that address is fetched, e.g. 60s"
    )

    grafana_email: Annotated[str, AfterValidator(checked_email)] = Field(
        "", description="Who gets the alerts that Grafana sends about the service itself"
    )
    grafana_webhook: Annotated[SecretStr, AfterValidator(checked_secret_web)] = Field(
        SecretStr(""), description="Where Grafana posts those alerts as JSON"
    )

    backup: Path | None = Field(
        None, description="Folder for nightly backups, on another disk or computer; none if not set"
    )
    backup_at: Annotated[time, BeforeValidator(_clock)] = Field(
        time(2, 30), description="When the nightly backup is made, local time, e.g. 02:30"
    )
    backup_keep: int = Field(
        14, ge=1, le=3660, description="How many nightly backups to keep; what is older goes"
    )
    broker_files: Path | None = Field(
        None, description="Folder of the broker's users and certificates, to be backed up too"
    )

    bridge_logins: SecretStr = Field(
        SecretStr(""),
        description="For bridges: YAML, name of a bridge or a device: {username, password}",
    )
    roomos_posts_port: int = Field(
        0, ge=0, le=65_535, description="Port on which RoomOS devices may post; none if 0"
    )
    roomos_posts_secret: SecretStr = Field(
        SecretStr(""), description="What stands in the path of their posts, 16 characters at least"
    )

    simulator: bool = Field(False, description="Let simulated devices speak")
    seed: int = Field(1, ge=0, description="Another seed, another week at the office")
    history: Annotated[int, BeforeValidator(_seconds)] = Field(
        0, ge=0, le=400 * 86_400, description="How far back the simulator begins, e.g. 28d"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del file_secret_settings
        files = SecretFiles(settings_cls, env_settings, dotenv_settings)
        return init_settings, env_settings, dotenv_settings, files

    @property
    def store_url(self) -> str:
        return self.store or f"sqlite:{self.data / 'store.db'}"

    @property
    def mqtt(self) -> MqttAddress:
        """The broker's; where we start one ourselves, that one."""
        embedded = f"mqtt://127.0.0.1:{self.mqtt_port}"
        return MqttAddress.of(self.mqtt_url if self.broker == "none" else embedded)

    def to_env(self) -> dict[str, str]:
        """For child processes: every setting that says something, secrets too."""
        env: dict[str, str] = {}
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, SecretStr):
                value = value.get_secret_value()
            if value not in (None, ""):
                env[variable(name)] = str(value).lower() if isinstance(value, bool) else str(value)
        return env


def _secret(detail: ErrorDetails) -> bool:
    field = Settings.model_fields.get(str(detail["loc"][0]))
    return field is not None and field.annotation is SecretStr


def read_settings(**given: object) -> Settings:
    """From the environment; ``given`` (the command line) goes first.

    Checks each variable by itself. Raises ``SettingsError``.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError(setting_mistake(d, _secret(d)) for d in error.errors()) from None


def load_settings(**given: object) -> Settings:
    """Settings fit to run with: ``read_settings`` and the rules between the variables.

    In demo mode a signing secret is made up where none is given.
    """
    settings = read_settings(**given)
    broken = broken_rules(settings)
    if broken:
        raise SettingsError(broken)
    if settings.demo and not settings.signing_secret.get_secret_value():
        made_up = SecretStr(secrets.token_urlsafe(32))
        return settings.model_copy(update={"signing_secret": made_up})
    return settings
