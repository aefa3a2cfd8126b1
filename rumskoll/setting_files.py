"""``RUMSKOLL_X_FILE=/run/secrets/x``: the value of X stands in that file (Docker secrets)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource
from pydantic_settings.sources import EnvSettingsSource

from rooms.registry.mistakes import Mistake
from rumskoll.setting_errors import PREFIX, SettingsError, variable, wrong_setting


class SecretFiles(PydanticBaseSettingsSource):
    """Reads what the environment and ``.env`` name; raises ``SettingsError``."""

    def __init__(
        self, settings_cls: type[BaseSettings], *sources: PydanticBaseSettingsSource
    ) -> None:
        super().__init__(settings_cls)
        self._given: dict[str, str | None] = {}
        for source in reversed(sources):
            if isinstance(source, EnvSettingsSource):
                self._given |= _filled(source.env_vars)

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        del field
        key = (PREFIX + field_name).lower()
        path, plain = self._given.get(f"{key}_file"), self._given.get(key)
        value = None
        if path:
            value = _content(field_name, Path(path))
            if plain and plain != value:
                both = {"other": f"{variable(field_name)}_FILE"}
                raise SettingsError([wrong_setting(field_name, "set_twice", **both)])
        return value, field_name, False

    def __call__(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        wrong: list[Mistake] = []
        for name, field in self.settings_cls.model_fields.items():
            try:
                value = self.get_field_value(field, name)[0]
            except SettingsError as error:
                wrong += error.mistakes
            else:
                found |= {} if value is None else {name: value}
        if wrong:
            raise SettingsError(wrong)
        return found


def _filled(given: Mapping[str, str | None]) -> dict[str, str | None]:
    return {name: value for name, value in given.items() if value}


def _content(name: str, path: Path) -> str:
    """The file's text without the line end that editors add."""
    where = f"{name}_file"
    try:
        value = path.read_text("utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        message = getattr(error, "strerror", None) or "UTF-8"
        values = {"path": str(path), "message": message}
        raise SettingsError([wrong_setting(where, "secret_file", **values)]) from None
    if not value:
        raise SettingsError([wrong_setting(where, "secret_file_empty", path=str(path))])
    return value
