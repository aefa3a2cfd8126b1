"""The environment as settings, and one line for each wrong variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from rooms.texts import Language
from rumskoll.settings import Settings, SettingsError, load_settings, read_settings

SECRET = "kZ7pQ2vXr9TfLm4WcJd8BnYs3HgEu6Aa"


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No .env file and no variables of the one who runs the tests."""
    import os

    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.upper().startswith("RUMSKOLL_")]:
        monkeypatch.delenv(name)


def wrong(language: Language = "en", **given: object) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load_settings(**given)
    return caught.value.lines(language)


def test_defaults() -> None:
    settings = load_settings(demo=True)
    assert settings.store_url == "sqlite:data/store.db"
    assert settings.mqtt == ("127.0.0.1", 1883, False)
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert len(settings.signing_secret.get_secret_value()) >= 32
    assert settings.outbox_limit == 2**30


def test_the_command_line_before_the_environment_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "RUMSKOLL_PORT=1001\nRUMSKOLL_SEED=7\nRUMSKOLL_HISTORY=28d\nRUMSKOLL_SMTP_HOST=\n"
    (tmp_path / ".env").write_text(lines)
    monkeypatch.setenv("RUMSKOLL_PORT", "1002")
    settings = read_settings(seed=None)
    assert (settings.port, settings.seed, settings.history) == (1002, 7, 28 * 86_400)
    assert read_settings(port=1003).port == 1003


@pytest.mark.parametrize(
    ("lang", "language"), [("en_GB.UTF-8", "en"), ("sv_SE.UTF-8", "sv"), ("C", "sv"), ("", "sv")]
)
def test_the_language_is_the_users(
    monkeypatch: pytest.MonkeyPatch, lang: str, language: str
) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", lang)
    assert read_settings().language == language


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("PORT", "abc", '"abc" is not a whole number. Write digits, without quotes.'),
        ("PORT", "70000", '"70000" is too large. Give at most 65535.'),
        (
            "DEMO",
            "perhaps",
            '"perhaps" is neither true nor false. Write one of them, without quotes.',
        ),
        (
            "BROKER",
            "mosquito",
            '"mosquito" will not do. Choose from: none, iotcore, mosquitto.'
            ' Did you mean "mosquitto"?',
        ),
        (
            "MQTT_URL",
            "localhost",
            '"localhost" is not the address of a broker.'
            " Write mqtt://host:1883 or mqtts://host:8883.",
        ),
        (
            "MQTT_URL",
            "mqtt://host:99999",
            '"mqtt://host:99999" is not the address of a broker.'
            " Write mqtt://host:1883 or mqtts://host:8883.",
        ),
        (
            "MQTT_URL",
            "mqtt://u:p@host",
            "the address holds a user name or password. Set those in their own variables.",
        ),
        (
            "STORE",
            "influx:8086",
            '"influx:8086" is not a store. Write sqlite:PATH or http://host:8086 (https with TLS).',
        ),
        (
            "PUBLIC_URL",
            "rum.example",
            '"rum.example" is not a web address. Write for example https://rooms.company.se.',
        ),
        ("OUTBOX_LIMIT", "big", '"big" is not a size. Write for example 500MiB or 2GiB.'),
        ("RETENTION_DAYS", "2", '"2" is too small. Give at least 3.'),
        (
            "HISTORY",
            "a month",
            '"a month" is not a length of time. Write for example "90s", "10 min", "2h" or "7d".',
        ),
        ("CALENDAR_EVERY", "5s", "5 is too small. Give at least 60."),
        (
            "HOMEASSISTANT_PREFIX",
            "home/#",
            '"home/#" cannot begin an MQTT topic. Write for example homeassistant.',
        ),
        (  # a secret: it is not shown
            "HEARTBEAT_URL",
            "watch.example/s3cret",
            "… is not a web address. Write for example https://rooms.company.se.",
        ),
        ("HEARTBEAT_EVERY", "1s", "1 is too small. Give at least 10."),
    ],
)
def test_one_wrong_variable_gives_one_exact_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    monkeypatch.setenv(f"RUMSKOLL_{name}", value)
    assert wrong() == [f"RUMSKOLL_{name}: {line}"]


def test_all_wrong_variables_at_once_in_swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_PORT", "x")
    monkeypatch.setenv("RUMSKOLL_LOG_LEVEL", "loud")
    assert wrong("sv") == [
        'RUMSKOLL_LOG_LEVEL: "loud" går inte. Välj bland: debug, info, warning, error.',
        'RUMSKOLL_PORT: "x" är inget heltal. Skriv det med siffror, utan citattecken.',
    ]


def test_a_secret_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text(SECRET + "\n")
    monkeypatch.setenv("RUMSKOLL_SIGNING_SECRET_FILE", str(tmp_path / "secret"))
    settings = load_settings()
    assert settings.signing_secret.get_secret_value() == SECRET
    assert SECRET not in repr(settings)
    # a child process gets the value and may inherit the variable of the file too
    monkeypatch.setenv("RUMSKOLL_SIGNING_SECRET", SECRET)
    assert load_settings() == settings
    monkeypatch.setenv("RUMSKOLL_SIGNING_SECRET", SECRET[::-1])
    assert wrong() == [
        "RUMSKOLL_SIGNING_SECRET: RUMSKOLL_SIGNING_SECRET_FILE says something else."
        " Keep only one of them."
    ]


def test_a_file_named_in_the_env_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("abc")
    (tmp_path / ".env").write_text("RUMSKOLL_INFLUX_TOKEN_FILE=token\n")
    assert read_settings().influx_token.get_secret_value() == "abc"


def test_a_missing_or_empty_secret_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").write_text("\n")
    monkeypatch.setenv("RUMSKOLL_MQTT_PASSWORD_FILE", "nowhere")
    monkeypatch.setenv("RUMSKOLL_INFLUX_TOKEN_FILE", "empty")
    assert wrong() == [
        "RUMSKOLL_MQTT_PASSWORD_FILE: nowhere cannot be read (No such file or directory)."
        " Correct the path or the file's permissions.",
        "RUMSKOLL_INFLUX_TOKEN_FILE: empty is empty. Write the value into the file.",
    ]


@pytest.mark.parametrize(
    ("secret", "line"),
    [
        ("", "the secret is missing."),
        ("short", "the secret is too weak (at least 32 random characters)."),
        ("changeme" * 5, "the secret is too weak"),
        ("x" * 40, "the secret is too weak"),
    ],
)
def test_no_secret_outside_demo_mode(secret: str, line: str) -> None:
    [found] = wrong(signing_secret=secret)
    assert found.startswith(f"RUMSKOLL_SIGNING_SECRET: {line}")
    assert "token_urlsafe" in found
    assert load_settings(signing_secret=SECRET)


def test_demo_mode_stays_on_this_computer() -> None:
    [line] = wrong(demo=True, host="0.0.0.0")
    assert line.startswith("RUMSKOLL_HOST: demo mode lets everybody in, and 0.0.0.0 is reachable")
    for host in ("127.0.0.1", "::1", "localhost", "127.1.2.3"):
        assert load_settings(demo=True, host=host)
    assert load_settings(demo=True, host="0.0.0.0", signing_secret=SECRET)


def test_halves_of_pairs() -> None:
    assert wrong(demo=True, mqtt_password="p", smtp_host="mail") == [
        "RUMSKOLL_MQTT_USERNAME: is needed together with RUMSKOLL_MQTT_PASSWORD.",
        "RUMSKOLL_SMTP_FROM: is needed together with RUMSKOLL_SMTP_HOST.",
    ]
    assert wrong(demo=True, mqtt_ca="ca.pem") == [
        "RUMSKOLL_MQTT_URL: RUMSKOLL_MQTT_CA works with TLS only. Write mqtts:// instead of"
        " mqtt://."
    ]


def test_a_child_process_gets_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(
        demo=True,
        history="28d",
        mqtt_url="mqtts://[::1]:8884",
        mqtt_username="u",
        mqtt_password="p",
        contacts="c.yaml",
        outbox_limit="2GiB",
        language="en",
    )
    for name, value in settings.to_env().items():
        monkeypatch.setenv(name, value)
    again = load_settings()
    assert {n: getattr(again, n) for n in Settings.model_fields} == {
        n: getattr(settings, n) for n in Settings.model_fields
    }
    assert again.mqtt == ("::1", 8884, True)
    assert again.mqtt_password.get_secret_value() == "p"


def test_an_embedded_broker_is_the_one_to_speak_to() -> None:
    assert read_settings(broker="mosquitto", mqtt_port=18830).mqtt.port == 18830
    settings = read_settings(broker="none", mqtt_port=18830, mqtt_url="mqtt://broker.example:1884")
    assert (settings.mqtt.host, settings.mqtt.port) == ("broker.example", 1884)
