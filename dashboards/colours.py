"""Colours that people with any kind of colour vision can tell apart, on light and dark: those of
Okabe and Ito (jfly.uni-koeln.de/color). A state never shows by colour alone: it has a word."""

from __future__ import annotations

from typing import Final

BLUE: Final = "#0072B2"  # occupied, in use
SKY: Final = "#56B4E9"  # vacant
GREEN: Final = "#009E73"  # good
YELLOW: Final = "#F0E442"
ORANGE: Final = "#E69F00"  # warning
RED: Final = "#D55E00"  # error (vermilion)
PURPLE: Final = "#CC79A7"
GREY: Final = "#999999"  # unknown, no data
NOTHING: Final = "transparent"  # what stands there is a word only
# Shares from none to all are told apart by lightness alone
SHADE_0: Final = "#F7FBFF"
SHADE_20: Final = "#C6DBEF"
SHADE_40: Final = "#6BAED6"
SHADE_60: Final = "#2171B5"
SHADE_80: Final = "#08306B"
RAMP: Final = (SHADE_0, SHADE_20, SHADE_40, SHADE_60, SHADE_80)
