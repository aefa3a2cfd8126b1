"""What to do first about a fault, for people who are no engineers: key -> (Swedish, English).

``problem.first.<code>[.<word>]``; ``<word>`` is the fault's detail, or its device's model, make or
family. One short sentence that somebody in the room, or at the server, can follow.
"""

from __future__ import annotations

from typing import Final

_STEPS: Final[dict[str, tuple[str, str]]] = {
    "device_silent": (
        "Kontrollera strömmen och nätverkskabeln.",
        "Check the power and the network cable.",
    ),
    "device_silent.sensor": (
        "Kontrollera att sensorn sitter kvar och byt batteri.",
        "Check that the sensor is in its place and change its battery.",
    ),
    "device_silent.aqara-fp1": (
        "Kontrollera att sensorn har ström.",
        "Check that the sensor has power.",
    ),
    "device_silent.vc": (
        "Kontrollera ström och nätverkskabel, starta sedan om.",
        "Check the power and the network cable, then restart it.",
    ),
    "device_silent.panel": (
        "Kontrollera att panelen har ström och starta om den.",
        "Check that the panel has power and restart it.",
    ),
    # by the source's decoder
    "source_silent": (
        "Kontrollera nätverket och programmet som skickar till Rumskoll.",
        "Check the network and the program that sends to Rumskoll.",
    ),
    "source_silent.chirpstack": (
        "Kontrollera att mottagaren (gateway) har ström och nätverk.",
        "Check that the gateway has power and network.",
    ),
    "source_silent.zigbee2mqtt": (
        "Kontrollera att Zigbee-mottagaren sitter i och att Zigbee2MQTT är igång.",
        "Check that the Zigbee stick is plugged in and that Zigbee2MQTT is running.",
    ),
    "equipment_error": (
        "Starta om utrustningen: dra ur strömmen i 30 sekunder.",
        "Restart the equipment: unplug it for 30 seconds.",
    ),
    "equipment_error.fan": (
        "Stäng av, låt svalna och ta bort damm från gallren. Beställ service.",
        "Turn it off, let it cool and clear dust from the grilles. Order service.",
    ),
    "equipment_error.lamp": ("Byt lampan.", "Replace the lamp."),
    "equipment_error.temperature": (
        "Stäng av, låt svalna och gör luftgallren fria.",
        "Turn it off, let it cool and clear the air vents.",
    ),
    "equipment_error.cover": ("Stäng luckan ordentligt.", "Close the cover properly."),
    "equipment_error.filter": ("Rengör eller byt filtret.", "Clean or replace the filter."),
    "equipment_warning": (
        "Läs varningen på utrustningens egen sida när du hinner.",
        "Read the warning on the equipment's own page when you have time.",
    ),
    "equipment_warning.fan": (
        "Ta bort damm från fläkt och galler.",
        "Clear dust from the fan and the grilles.",
    ),
    "equipment_warning.lamp": ("Beställ en ny lampa.", "Order a new lamp."),
    "equipment_warning.temperature": (
        "Gör luftgallren fria.",
        "Clear the air vents.",
    ),
    "equipment_warning.cover": ("Stäng luckan ordentligt.", "Close the cover properly."),
    "equipment_warning.filter": ("Rengör filtret.", "Clean the filter."),
    "peripheral_missing": ("Kontrollera kabeln.", "Check the cable."),
    "peripheral_missing.camera": ("Kontrollera USB-kabeln.", "Check the USB cable."),
    "peripheral_missing.microphone": (
        "Kontrollera mikrofonens kabel.",
        "Check the microphone's cable.",
    ),
    "peripheral_missing.touch_panel": (
        "Kontrollera panelens nätverkskabel.",
        "Check the panel's network cable.",
    ),
    "peripheral_missing.speaker": (
        "Kontrollera högtalarens kabel.",
        "Check the loudspeaker's cable.",
    ),
    "battery_low": ("Byt batteri i sensorn.", "Change the sensor's battery."),
    "battery_low.elsys": (
        "Byt batteri: AA litium 3,6 V, inte vanliga AA.",
        "Change the battery: AA lithium 3.6 V, not ordinary AA.",
    ),
    "battery_low.aqara-rtcgq11lm": ("Byt batteri: CR2450.", "Change the battery: CR2450."),
    "battery_low.philips-sml001": ("Byt batterier: två AAA.", "Change the batteries: two AAA."),
    "sensor_stuck": (
        "Kontrollera att inget skymmer sensorn och starta om den.",
        "Check that nothing covers the sensor and restart it.",
    ),
    "sensor_stuck.occupied": (
        "Kontrollera att inget rör sig framför sensorn och starta om den.",
        "Check that nothing moves in front of the sensor and restart it.",
    ),
    "sensor_disagreement": (
        "Kontrollera att inget skymmer sensorn.",
        "Check that nothing covers the sensor.",
    ),
    "air_quality": ("Vädra eller öka ventilationen.", "Air the room or turn up the ventilation."),
    "clock_skew": (
        "Ställ in enhetens klocka eller tidsserver.",
        "Set the device's clock or time server.",
    ),
    "decode_failing": (
        "Kontrollera enhetens modell i rooms.yaml.",
        "Check the device's model in rooms.yaml.",
    ),
    "flapping": (
        "Kontrollera ström och kablar: något glappar.",
        "Check power and cables: something is loose.",
    ),
    "flapping.sensor": (
        "Kontrollera batteriet och avståndet till mottagaren.",
        "Check the battery and the distance to the gateway.",
    ),
    "flapping.air_quality": (
        "Vädra eller öka ventilationen.",
        "Air the room or turn up the ventilation.",
    ),
    "reported": ("Gå till rummet och titta.", "Go to the room and look."),
    "reported.picture": (
        "Kontrollera kamerans kabel och linsskydd.",
        "Check the camera's cable and lens cover.",
    ),
    "reported.sound": (
        "Kontrollera ljudnivån och mikrofonens kabel.",
        "Check the volume and the microphone's cable.",
    ),
    "reported.screen": (
        "Kontrollera skärmens ström och ingång.",
        "Check the screen's power and input.",
    ),
    "reported.cables": ("Prova med en annan sladd.", "Try with another cable."),
    "reported.air": (
        "Kontrollera termostat och ventilation.",
        "Check the thermostat and the ventilation.",
    ),
    "broker_down": (
        "Kontrollera att MQTT-servern är igång; kör rumskoll doctor.",
        "Check that the MQTT server is running; run rumskoll doctor.",
    ),
    "store_down": (
        "Kontrollera att databasen är igång; kör rumskoll doctor.",
        "Check that the database is running; run rumskoll doctor.",
    ),
    "outbox_filling.disk": (
        "Frigör plats på disken där Rumskoll har sina data.",
        "Make room on the disk where Rumskoll keeps its data.",
    ),
    "outbox_filling": (
        "Kontrollera databasen och ledigt diskutrymme.",
        "Check the database and free disk space.",
    ),
    "calendar_failing": (
        "Kontrollera att kalendern är publicerad; kör rumskoll doctor.",
        "Check that the calendar is published; run rumskoll doctor.",
    ),
    "registry_invalid": (
        "Kör rumskoll doctor: den visar fil och rad.",
        "Run rumskoll doctor: it shows the file and line.",
    ),
    "backup_failed": (
        "Kör rumskoll backup: den visar vad som är fel med platsen.",
        "Run rumskoll backup: it shows what is wrong with the place.",
    ),
    "alert_undeliverable.email": (
        "Kör rumskoll doctor: den visar vad e-postservern säger.",
        "Run rumskoll doctor: it shows what the mail server says.",
    ),
    "alert_undeliverable": (
        "Rätta adressen i contacts.yaml och kör rumskoll doctor.",
        "Correct the address in contacts.yaml and run rumskoll doctor.",
    ),
    "coverage_low": (
        "Se på sidan Enheter om rummets sensorer hörs.",
        "See on the page Devices whether the room's sensors are heard.",
    ),
}

TEXTS: Final[dict[str, tuple[str, str]]] = {
    f"problem.first.{key}": said for key, said in _STEPS.items()
}
