"""How a sign is taken well, in a line or two beside its empty field."""

from __future__ import annotations

from collections.abc import Sequence

from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.vitals.model import Spared
from maroom.duties.vitals.view.words.plain import tr

_SAID = {
    "bp_rest": QT_TRANSLATE_NOOP("Vitals", "Rest 5 minutes first, no talking."),
    "bp_rest_child": QT_TRANSLATE_NOOP("Vitals", "Rest 3 to 5 minutes first, no talking."),
    "bp_position": QT_TRANSLATE_NOOP("Vitals", "Feet flat, back and arm supported, bare arm at heart level."),
    "bp_right_arm": QT_TRANSLATE_NOOP("Vitals", "Right arm."),
    "pulse_apex": QT_TRANSLATE_NOOP("Vitals", "Listen over the heart for a whole minute."),
    "pulse_count": QT_TRANSLATE_NOOP("Vitals", "Count 30 seconds; over the heart for a whole minute where it is irregular."),
    "breathing_minute": QT_TRANSLATE_NOOP("Vitals", "Count a whole minute, unannounced. Say if crying or asleep."),
    "breathing_half": QT_TRANSLATE_NOOP("Vitals", "Count 30 seconds, unannounced."),
    "temperature_mouth": QT_TRANSLATE_NOOP("Vitals", "Mouth: 15 minutes after anything hot or cold. The armpit only screens."),
    "temperature_ear": QT_TRANSLATE_NOOP("Vitals", "Not in the ear under 6 months."),
    "temperature_rectum": QT_TRANSLATE_NOOP(
        "Vitals", "Rectum: not after surgery there, with low platelets, or in some cancers."
    ),
    "spo2_hand": QT_TRANSLATE_NOOP("Vitals", "Still, warm hand, no polish. Wait for a steady wave; say room air or oxygen."),
    "weight_infant": QT_TRANSLATE_NOOP("Vitals", "Undressed or in a dry diaper; twice, within 10 g."),
    "weight_light": QT_TRANSLATE_NOOP("Vitals", "Without shoes and coat."),
    "weight_kilograms": QT_TRANSLATE_NOOP("Vitals", "In kilograms."),
    "height_wall": QT_TRANSLATE_NOOP("Vitals", "Heels, seat and shoulder blades to the wall, head level, no shoes."),
    "length_board": QT_TRANSLATE_NOOP("Vitals", "Lying on the board, two people, legs straight."),
    "head_largest": QT_TRANSLATE_NOOP("Vitals", "The largest round above brows and ears; the best of three."),
}


def technique(reminders: Sequence[str], spared: Sequence[Spared]) -> str:
    """What the problem list says of an arm comes first."""
    return " ".join((*map(_spared, spared), *(tr(_SAID[one]) for one in reminders)))


def _spared(one: Spared) -> str:
    words = {
        ("left",): QT_TRANSLATE_NOOP("Vitals", "Not the left arm: {why}."),
        ("right",): QT_TRANSLATE_NOOP("Vitals", "Not the right arm: {why}."),
        ("left", "right"): QT_TRANSLATE_NOOP("Vitals", "Neither arm: {why}."),
    }.get(tuple(sorted(one.sides)), QT_TRANSLATE_NOOP("Vitals", "Ask which arm to spare: {why}."))
    return tr(words).format(why=one.why)
