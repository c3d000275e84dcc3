"""How it is said, and asked, how something was measured. Short words fit a row, long ones a sentence."""

from __future__ import annotations

from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.vitals.view.words.plain import tr

_ASKED = {
    "site": QT_TRANSLATE_NOOP("Vitals", "site?"),
    "cuff": QT_TRANSLATE_NOOP("Vitals", "cuff?"),
    "position": QT_TRANSLATE_NOOP("Vitals", "how?"),
    "method": QT_TRANSLATE_NOOP("Vitals", "how?"),
    "device": QT_TRANSLATE_NOOP("Vitals", "with?"),
    "oxygen": QT_TRANSLATE_NOOP("Vitals", "air?"),
    "rhythm": QT_TRANSLATE_NOOP("Vitals", "rhythm?"),
    "wakefulness": QT_TRANSLATE_NOOP("Vitals", "state?"),
    "clothing": QT_TRANSLATE_NOOP("Vitals", "clothes?"),
    "scale": QT_TRANSLATE_NOOP("Vitals", "told how?"),
    "consciousness": QT_TRANSLATE_NOOP("Vitals", "alert?"),
}
_SPOKEN = {
    "site": QT_TRANSLATE_NOOP("Vitals", "Site"),
    "cuff": QT_TRANSLATE_NOOP("Vitals", "Cuff"),
    "position": QT_TRANSLATE_NOOP("Vitals", "Position"),
    "method": QT_TRANSLATE_NOOP("Vitals", "Method"),
    "device": QT_TRANSLATE_NOOP("Vitals", "Instrument"),
    "oxygen": QT_TRANSLATE_NOOP("Vitals", "Air or oxygen"),
    "rhythm": QT_TRANSLATE_NOOP("Vitals", "Rhythm"),
    "wakefulness": QT_TRANSLATE_NOOP("Vitals", "Awake or asleep"),
    "clothing": QT_TRANSLATE_NOOP("Vitals", "Clothes"),
    "scale": QT_TRANSLATE_NOOP("Vitals", "How it was told"),
    "consciousness": QT_TRANSLATE_NOOP("Vitals", "Alertness"),
}
_CHOICES = {
    "left_arm": (QT_TRANSLATE_NOOP("Vitals", "L arm"), QT_TRANSLATE_NOOP("Vitals", "left arm")),
    "right_arm": (QT_TRANSLATE_NOOP("Vitals", "R arm"), QT_TRANSLATE_NOOP("Vitals", "right arm")),
    "left_wrist": (QT_TRANSLATE_NOOP("Vitals", "L wrist"), QT_TRANSLATE_NOOP("Vitals", "left wrist")),
    "right_wrist": (QT_TRANSLATE_NOOP("Vitals", "R wrist"), QT_TRANSLATE_NOOP("Vitals", "right wrist")),
    "left_thigh": (QT_TRANSLATE_NOOP("Vitals", "L thigh"), QT_TRANSLATE_NOOP("Vitals", "left thigh")),
    "right_thigh": (QT_TRANSLATE_NOOP("Vitals", "R thigh"), QT_TRANSLATE_NOOP("Vitals", "right thigh")),
    "left_ankle": (QT_TRANSLATE_NOOP("Vitals", "L ankle"), QT_TRANSLATE_NOOP("Vitals", "left ankle")),
    "right_ankle": (QT_TRANSLATE_NOOP("Vitals", "R ankle"), QT_TRANSLATE_NOOP("Vitals", "right ankle")),
    "apex": (QT_TRANSLATE_NOOP("Vitals", "heart"), QT_TRANSLATE_NOOP("Vitals", "over the heart")),
    "neck": (QT_TRANSLATE_NOOP("Vitals", "neck"), QT_TRANSLATE_NOOP("Vitals", "neck")),
    "mouth": (QT_TRANSLATE_NOOP("Vitals", "mouth"), QT_TRANSLATE_NOOP("Vitals", "mouth")),
    "rectum": (QT_TRANSLATE_NOOP("Vitals", "rectum"), QT_TRANSLATE_NOOP("Vitals", "rectum")),
    "armpit": (QT_TRANSLATE_NOOP("Vitals", "armpit"), QT_TRANSLATE_NOOP("Vitals", "armpit")),
    "ear": (QT_TRANSLATE_NOOP("Vitals", "ear"), QT_TRANSLATE_NOOP("Vitals", "ear")),
    "forehead": (QT_TRANSLATE_NOOP("Vitals", "forehead"), QT_TRANSLATE_NOOP("Vitals", "forehead")),
    "finger": (QT_TRANSLATE_NOOP("Vitals", "finger"), QT_TRANSLATE_NOOP("Vitals", "finger")),
    "toe": (QT_TRANSLATE_NOOP("Vitals", "toe"), QT_TRANSLATE_NOOP("Vitals", "toe")),
    "ear_lobe": (QT_TRANSLATE_NOOP("Vitals", "ear lobe"), QT_TRANSLATE_NOOP("Vitals", "ear lobe")),
    "automatic": (QT_TRANSLATE_NOOP("Vitals", "automatic"), QT_TRANSLATE_NOOP("Vitals", "automatic")),
    "stethoscope": (QT_TRANSLATE_NOOP("Vitals", "by ear"), QT_TRANSLATE_NOOP("Vitals", "by stethoscope")),
    "listening": (QT_TRANSLATE_NOOP("Vitals", "listening"), QT_TRANSLATE_NOOP("Vitals", "by listening")),
    "feeling": (QT_TRANSLATE_NOOP("Vitals", "feeling"), QT_TRANSLATE_NOOP("Vitals", "by feeling")),
    "doppler": (QT_TRANSLATE_NOOP("Vitals", "Doppler"), QT_TRANSLATE_NOOP("Vitals", "by Doppler")),
    "monitor": (QT_TRANSLATE_NOOP("Vitals", "monitor"), QT_TRANSLATE_NOOP("Vitals", "by monitor")),
    "looking": (QT_TRANSLATE_NOOP("Vitals", "looking"), QT_TRANSLATE_NOOP("Vitals", "by looking")),
    "breathing_monitor": (QT_TRANSLATE_NOOP("Vitals", "monitor"), QT_TRANSLATE_NOOP("Vitals", "by monitor")),
    "oximeter": (QT_TRANSLATE_NOOP("Vitals", "oximeter"), QT_TRANSLATE_NOOP("Vitals", "by oximeter")),
    "ecg": (QT_TRANSLATE_NOOP("Vitals", "ECG"), QT_TRANSLATE_NOOP("Vitals", "by ECG")),
    "measured": (QT_TRANSLATE_NOOP("Vitals", "measured"), QT_TRANSLATE_NOOP("Vitals", "measured")),
    "estimated": (QT_TRANSLATE_NOOP("Vitals", "estimated"), QT_TRANSLATE_NOOP("Vitals", "estimated")),
    "reported": (QT_TRANSLATE_NOOP("Vitals", "reported"), QT_TRANSLATE_NOOP("Vitals", "reported")),
    "sitting": (QT_TRANSLATE_NOOP("Vitals", "sit"), QT_TRANSLATE_NOOP("Vitals", "sitting")),
    "standing": (QT_TRANSLATE_NOOP("Vitals", "stand"), QT_TRANSLATE_NOOP("Vitals", "standing")),
    "lying": (QT_TRANSLATE_NOOP("Vitals", "lie"), QT_TRANSLATE_NOOP("Vitals", "lying")),
    "half_sitting": (QT_TRANSLATE_NOOP("Vitals", "semi"), QT_TRANSLATE_NOOP("Vitals", "half sitting")),
    "infant": (QT_TRANSLATE_NOOP("Vitals", "infant"), QT_TRANSLATE_NOOP("Vitals", "infant cuff")),
    "child": (QT_TRANSLATE_NOOP("Vitals", "child"), QT_TRANSLATE_NOOP("Vitals", "child cuff")),
    "small_adult": (QT_TRANSLATE_NOOP("Vitals", "small"), QT_TRANSLATE_NOOP("Vitals", "small adult cuff")),
    "adult": (QT_TRANSLATE_NOOP("Vitals", "adult"), QT_TRANSLATE_NOOP("Vitals", "adult cuff")),
    "large_adult": (QT_TRANSLATE_NOOP("Vitals", "large"), QT_TRANSLATE_NOOP("Vitals", "large adult cuff")),
    "thigh": (QT_TRANSLATE_NOOP("Vitals", "thigh"), QT_TRANSLATE_NOOP("Vitals", "thigh cuff")),
    "floor_scale": (QT_TRANSLATE_NOOP("Vitals", "floor scale"), QT_TRANSLATE_NOOP("Vitals", "floor scale")),
    "balance_scale": (QT_TRANSLATE_NOOP("Vitals", "balance"), QT_TRANSLATE_NOOP("Vitals", "balance")),
    "infant_scale": (QT_TRANSLATE_NOOP("Vitals", "infant scale"), QT_TRANSLATE_NOOP("Vitals", "infant scale")),
    "chair_scale": (QT_TRANSLATE_NOOP("Vitals", "chair scale"), QT_TRANSLATE_NOOP("Vitals", "chair scale")),
    "wheelchair_scale": (QT_TRANSLATE_NOOP("Vitals", "wheelchair"), QT_TRANSLATE_NOOP("Vitals", "wheelchair scale")),
    "bed_scale": (QT_TRANSLATE_NOOP("Vitals", "bed scale"), QT_TRANSLATE_NOOP("Vitals", "bed scale")),
    "stadiometer": (QT_TRANSLATE_NOOP("Vitals", "height rod"), QT_TRANSLATE_NOOP("Vitals", "stadiometer")),
    "length_board": (QT_TRANSLATE_NOOP("Vitals", "board"), QT_TRANSLATE_NOOP("Vitals", "length board")),
    "tape": (QT_TRANSLATE_NOOP("Vitals", "tape"), QT_TRANSLATE_NOOP("Vitals", "tape")),
    "room_air": (QT_TRANSLATE_NOOP("Vitals", "room air"), QT_TRANSLATE_NOOP("Vitals", "room air")),
    "on_oxygen": (QT_TRANSLATE_NOOP("Vitals", "oxygen"), QT_TRANSLATE_NOOP("Vitals", "on oxygen")),
    "regular": (QT_TRANSLATE_NOOP("Vitals", "regular"), QT_TRANSLATE_NOOP("Vitals", "regular")),
    "irregular": (QT_TRANSLATE_NOOP("Vitals", "irregular"), QT_TRANSLATE_NOOP("Vitals", "irregular")),
    "awake": (QT_TRANSLATE_NOOP("Vitals", "awake"), QT_TRANSLATE_NOOP("Vitals", "awake")),
    "asleep": (QT_TRANSLATE_NOOP("Vitals", "asleep"), QT_TRANSLATE_NOOP("Vitals", "asleep")),
    "crying": (QT_TRANSLATE_NOOP("Vitals", "crying"), QT_TRANSLATE_NOOP("Vitals", "crying")),
    "none": (QT_TRANSLATE_NOOP("Vitals", "none"), QT_TRANSLATE_NOOP("Vitals", "without clothes")),
    "light": (QT_TRANSLATE_NOOP("Vitals", "light"), QT_TRANSLATE_NOOP("Vitals", "in light clothes")),
    "full": (QT_TRANSLATE_NOOP("Vitals", "dressed"), QT_TRANSLATE_NOOP("Vitals", "fully dressed")),
    "numbers": (QT_TRANSLATE_NOOP("Vitals", "in numbers"), QT_TRANSLATE_NOOP("Vitals", "told in numbers")),
    "faces": (QT_TRANSLATE_NOOP("Vitals", "by faces"), QT_TRANSLATE_NOOP("Vitals", "pointed out on faces")),
    "watched": (
        QT_TRANSLATE_NOOP("Vitals", "watched: face, legs, cry"),
        QT_TRANSLATE_NOOP("Vitals", "judged by face, legs, activity, crying and comforting"),
    ),
    "alert": (QT_TRANSLATE_NOOP("Vitals", "alert"), QT_TRANSLATE_NOOP("Vitals", "alert")),
    "confused": (QT_TRANSLATE_NOOP("Vitals", "newly confused"), QT_TRANSLATE_NOOP("Vitals", "newly confused")),
    "voice": (QT_TRANSLATE_NOOP("Vitals", "reacts to voice"), QT_TRANSLATE_NOOP("Vitals", "reacts to voice only")),
    "pain": (QT_TRANSLATE_NOOP("Vitals", "reacts to pain"), QT_TRANSLATE_NOOP("Vitals", "reacts to pain only")),
}


def asked(qualifier: str) -> str:
    return tr(_ASKED.get(qualifier, qualifier))


def spoken(qualifier: str) -> str:
    return tr(_SPOKEN.get(qualifier, qualifier))


def choice(word: str) -> str:
    return tr(_CHOICES[word][0]) if word in _CHOICES else word


def told_choice(word: str) -> str:
    """As it is said in a sentence."""
    return tr(_CHOICES[word][1]) if word in _CHOICES else word
