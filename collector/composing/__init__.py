"""The words of alerts: what is due in, a subject, plain text and HTML out (design 7)."""

from collector.composing.composer import Composer
from collector.composing.message import Composed
from collector.composing.samples import SAMPLES, Sample

__all__ = ["SAMPLES", "Composed", "Composer", "Sample"]
