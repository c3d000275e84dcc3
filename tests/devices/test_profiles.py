"""Octets > readings, by vectors made by hand from the layouts in the Bluetooth SIG's GATT Specification Supplement:
Blood Pressure 0x2A35, Temperature 0x2A1C, Weight 0x2A9D and PLX Spot-Check Measurement 0x2A5E."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maroom.devices import profiles
from maroom.devices.model import DeviceReading, Instrument, Refusal, Refused, Remark
from tests.devices.build import CUFF, INFINITE, MINUS_INFINITE, MORNING, NAN, NRES, RESERVED, octets, read, refused, told, uuid

PRESSURE, TEMPERATURE, WEIGHT, OXYGEN = 0x2A35, 0x2A1C, 0x2A9D, 0x2A5E
AT = "ea 07 0b 18 0a 2a 07"
"""2026-11-24 10:42:07: year as 16 bits, then month, day, hours, minutes, seconds"""


# blood pressure: flags, systolic, diastolic, mean, [time], [pulse], [user], [status]


def test_a_pressure_with_all_that_may_come_with_it() -> None:
    """142/88 mmHg, mean 106, pulse 72, user 2, body movement and an irregular pulse."""
    found = read(PRESSURE, octets(f"1e 8e00 5800 6a00 {AT} 4800 02 0500"))
    assert told(found) == {"systolic": ("142", "mm[Hg]"), "diastolic": ("88", "mm[Hg]"), "pulse": ("72", "/min")}
    assert (found.instrument, found.at, found.user) == (CUFF, MORNING, 2)
    assert found.remarks == (Remark.BODY_MOVED, Remark.PULSE_IRREGULAR)


def test_a_bare_pressure() -> None:
    found = read(PRESSURE, octets("00 7800 5000 5d00"))
    assert told(found) == {"systolic": ("120", "mm[Hg]"), "diastolic": ("80", "mm[Hg]")}
    assert (found.at, found.user, found.remarks) == (None, None, ())


def test_a_pressure_in_kilopascals() -> None:
    """18.9 / 11.7 kPa: SFLOAT with exponent -1, nibble 0xF."""
    found = read(PRESSURE, octets("01 bdf0 75f0 9bf0"))
    assert told(found) == {"systolic": ("18.9", "kPa"), "diastolic": ("11.7", "kPa")}


def test_a_mean_or_a_pulse_that_is_no_number_is_left_out() -> None:
    found = read(PRESSURE, octets("04 7800 5000 ff07 ff07"))
    assert told(found) == {"systolic": ("120", "mm[Hg]"), "diastolic": ("80", "mm[Hg]")}


@pytest.mark.parametrize("special", [NAN, NRES, INFINITE, MINUS_INFINITE, RESERVED], ids=bytes.hex)
@pytest.mark.parametrize("half", [0, 1])
def test_an_error_code_is_no_pressure(special: bytes, half: int) -> None:
    halves = [octets("7800"), octets("5000")]
    halves[half] = special
    assert refused(PRESSURE, b"\x00" + b"".join(halves) + octets("5d00")) is Refusal.NO_NUMBER


def test_2047_over_2047_with_no_error_flag_is_no_pressure() -> None:
    assert refused(PRESSURE, octets(f"12 ff07 ff07 ff07 {AT} 0000")) is Refusal.NO_NUMBER


def test_2047_with_an_exponent_is_a_number() -> None:
    """204.7: mantissa 0x7FF, exponent -1. Special values have an exponent of zero."""
    assert told(read(PRESSURE, octets("00 fff7 5000 5d00")))["systolic"] == ("204.7", "mm[Hg]")


@pytest.mark.parametrize(
    ("status", "remark"),
    [
        ("0100", Remark.BODY_MOVED),
        ("0200", Remark.CUFF_LOOSE),
        ("0400", Remark.PULSE_IRREGULAR),
        ("0800", Remark.PULSE_OUT_OF_RANGE),
        ("1000", Remark.PULSE_OUT_OF_RANGE),
        ("2000", Remark.WRONG_POSITION),
    ],
)
def test_what_the_cuff_remarks_is_told(status: str, remark: Remark) -> None:
    assert read(PRESSURE, octets(f"10 7800 5000 5d00 {status}")).remarks == (remark,)


def test_an_unknown_user_is_none() -> None:
    assert read(PRESSURE, octets("08 7800 5000 5d00 ff")).user is None


# temperature: flags, value, [time], [where]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("00 6d0100ff", ("36.5", "Cel")),  # 365 with exponent -1
        ("00 490e00fe", ("36.57", "Cel")),
        ("01 da0300ff", ("98.6", "[degF]")),
        ("00 250000 00", ("37", "Cel")),
        ("00 400e00fe", ("36.48", "Cel")),
        ("00 420e00fe", ("36.50", "Cel")),  # the digits that were sent
    ],
)
def test_a_temperature_in_both_units(raw: str, value: tuple[str, str]) -> None:
    assert told(read(TEMPERATURE, octets(raw))) == {"temperature": value}


@pytest.mark.parametrize(
    ("kind", "site"),
    [("01", "armpit"), ("02", ""), ("03", "ear"), ("05", ""), ("06", "mouth"), ("07", "rectum"), ("09", "ear"), ("63", "")],
)
def test_where_a_temperature_was_taken(kind: str, site: str) -> None:
    found = read(TEMPERATURE, octets(f"06 6d0100ff {AT} {kind}"))
    assert (found.site, found.at) == (site, MORNING)


@pytest.mark.parametrize("special", ["ffff7f00", "00008000", "feff7f00", "02008000", "01008000"])
def test_an_error_code_is_no_temperature(special: str) -> None:
    assert refused(TEMPERATURE, octets(f"00 {special}")) is Refusal.NO_NUMBER


@pytest.mark.parametrize("raw", ["00 ff070000", "00 0100007f", "00 6d010000", "00 6d0100fe", "00 6d010080"])
def test_a_code_sent_as_a_number_is_no_temperature(raw: str) -> None:
    """2047 °C, 1 with 127 zeros, 365 °C, 3.65 °C, 365 behind 125 zeros: beyond what any thermometer measures."""
    assert refused(TEMPERATURE, octets(raw)) is Refusal.OUT_OF_BOUNDS


# weight: flags, value, [time], [user], [body mass index, height]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("00 1042", ("84.560", "kg")),  # 16912 steps of 0.005 kg
        ("00 d000", ("1.040", "kg")),
        ("01 d048", ("186.40", "[lb_av]")),  # 18640 steps of 0.01 lb
    ],
)
def test_a_weight_in_both_units(raw: str, value: tuple[str, str]) -> None:
    assert told(read(WEIGHT, octets(raw))) == {"weight": value}


def test_a_scale_that_knows_its_user_tells_no_height() -> None:
    found = read(WEIGHT, octets(f"0e 1042 {AT} 01 2401 a406"))
    assert (told(found), found.at, found.user) == ({"weight": ("84.560", "kg")}, MORNING, 1)


def test_a_weighing_that_failed_is_no_weight() -> None:
    assert refused(WEIGHT, octets("00 ffff")) is Refusal.UNSUCCESSFUL


def test_an_empty_scale_is_no_weight() -> None:
    assert refused(WEIGHT, octets("00 0000")) is Refusal.OUT_OF_BOUNDS


# oxygen: flags, saturation, pulse, [time], [status], [status of the sensor], [amplitude]


def test_a_saturation_with_all_that_may_come_with_it() -> None:
    """97 %, pulse 71, validated (bit 7) and from memory (bit 9), low perfusion (bit 5), amplitude 1.2 %."""
    found = read(OXYGEN, octets(f"0f 6100 4700 {AT} 8002 200000 0cf0"))
    assert told(found) == {"spo2": ("97", "%"), "pulse": ("71", "/min")}
    assert (found.at, found.remarks) == (MORNING, (Remark.FROM_MEMORY, Remark.LOW_PERFUSION))


def test_a_clock_that_was_never_set_tells_no_time() -> None:
    found = read(OXYGEN, octets(f"11 6100 4700 {AT}"))
    assert (found.at, found.remarks) == (None, (Remark.CLOCK_NOT_SET,))


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("2000", Refusal.UNSUCCESSFUL),  # ongoing
        ("0004", Refusal.NOT_A_PATIENT),  # for demonstration
        ("0008", Refusal.NOT_A_PATIENT),  # for testing
        ("0010", Refusal.UNSUCCESSFUL),  # calibration
        ("0020", Refusal.UNSUCCESSFUL),  # unavailable
        ("0080", Refusal.UNSUCCESSFUL),  # invalid
    ],
)
def test_what_the_oximeter_disowns_is_refused(status: str, code: Refusal) -> None:
    assert refused(OXYGEN, octets(f"02 6100 4700 {status}")) is code


@pytest.mark.parametrize("sensor", ["020000", "000800", "001000", "004000", "008000"])
def test_a_sensor_that_is_not_at_a_patient_is_refused(sensor: str) -> None:
    assert refused(OXYGEN, octets(f"04 6100 4700 {sensor}")) is Refusal.UNSUCCESSFUL


def test_signals_of_doubt_are_told_once() -> None:
    assert read(OXYGEN, octets("04 6100 4700 180000")).remarks == (Remark.WEAK_SIGNAL,)
    assert read(OXYGEN, octets("06 6100 4700 0040 000100")).remarks == (Remark.QUESTIONABLE,)


def test_a_saturation_over_a_hundred_is_none() -> None:
    assert refused(OXYGEN, octets("00 6500 4700")) is Refusal.OUT_OF_BOUNDS


# times


@pytest.mark.parametrize("time", ["0000 00 00 0a 2a 07", "ea07 00 18 0a 2a 07", "ea07 0b 00 0a 2a 07"])
def test_a_date_that_is_not_known_is_none(time: str) -> None:
    assert read(WEIGHT, octets(f"02 1042 {time}")).at is None


@pytest.mark.parametrize("time", ["ea07 0d 18 0a 2a 07", "ea07 02 1e 0a 2a 07", "ea07 0b 18 18 2a 07", "10ff 0b 18 0a 2a 07"])
def test_a_day_or_hour_that_there_is_not_is_refused(time: str) -> None:
    assert refused(WEIGHT, octets(f"02 1042 {time}")) is Refusal.MALFORMED


# lengths


WHOLE = {
    PRESSURE: f"1e 8e00 5800 6a00 {AT} 4800 02 0500",
    TEMPERATURE: f"06 6d0100ff {AT} 06",
    WEIGHT: f"0e 1042 {AT} 01 2401 a406",
    OXYGEN: f"0f 6100 4700 {AT} 8000 200000 0cf0",
}


@pytest.mark.parametrize("number", WHOLE, ids=hex)
def test_what_ends_early_or_goes_on_is_refused(number: int) -> None:
    raw = octets(WHOLE[number])
    assert {refused(number, raw[:end]) for end in range(len(raw))} == {Refusal.MALFORMED}
    assert refused(number, raw + b"\x00") is Refusal.MALFORMED


@pytest.mark.parametrize("number", WHOLE, ids=hex)
def test_fields_of_flags_yet_to_come_are_passed_over(number: int) -> None:
    raw = octets(WHOLE[number])
    assert told(read(number, bytes([raw[0] | 0x80]) + raw[1:] + b"\x01\x02")) == told(read(number, raw))


def test_what_is_not_listened_to_is_refused() -> None:
    assert refused(0x2A37, octets("00 48")) is Refusal.UNKNOWN


def test_the_case_of_a_uuid_does_not_matter() -> None:
    assert isinstance(profiles.read(uuid(WEIGHT).upper(), octets("00 1042"), CUFF), DeviceReading)


# whatever comes


@given(st.sampled_from([*profiles.MEASUREMENTS, uuid(0x2A37)]), st.binary(max_size=40), st.text(max_size=8))
def test_random_octets_are_a_reading_or_refused(characteristic: str, raw: bytes, name: str) -> None:
    found = profiles.read(characteristic, raw, Instrument("id", name))
    assert isinstance(found, DeviceReading | Refused)
    if isinstance(found, DeviceReading):
        assert found.values
        assert all(quantity.value.is_finite() for quantity in found.values.values())


@given(st.sampled_from(list(WHOLE)), st.data())
def test_a_reading_with_damaged_octets_is_a_reading_or_refused(number: int, data: st.DataObject) -> None:
    raw = bytearray(octets(WHOLE[number]))
    for at in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=4)):
        raw[at] = data.draw(st.integers(0, 255))
    assert isinstance(profiles.read(uuid(number), bytes(raw), CUFF), DeviceReading | Refused)


@given(st.integers(0, 2045), st.integers(-4, 0))
def test_any_number_comes_digit_for_digit(mantissa: int, power: int) -> None:
    raw = (mantissa | (power & 0xF) << 12).to_bytes(2, "little")
    found = profiles.read(uuid(OXYGEN), b"\x00" + raw + octets("4700"), CUFF)
    digits = f"{mantissa:0{1 - power}d}"
    text = f"{digits[:power]}.{digits[power:]}" if power else digits
    if isinstance(found, DeviceReading):
        assert told(found)["spo2"][0] == text
    else:
        assert not 1 <= float(text) <= 100
