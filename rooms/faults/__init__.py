"""What is wrong: findings of rules, faults and their lives (design 7)."""

from rooms.faults.distrust import DISTRUSTING, distrust
from rooms.faults.fault import Change, Fault, Place, Transition, fault_id
from rooms.faults.finding import SERVICE, SEVERITIES, SOURCE, Finding, Severity
from rooms.faults.words import problem_text
from rooms.spell import Spell

__all__ = [
    "DISTRUSTING",
    "SERVICE",
    "SEVERITIES",
    "SOURCE",
    "Change",
    "Fault",
    "Finding",
    "Place",
    "Severity",
    "Spell",
    "Transition",
    "distrust",
    "fault_id",
    "problem_text",
]
