"""The vitals page by keyboard and by touch, in every look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from maroom.core.people import Opening
from maroom.duties.vitals.model import Sign, Status, Subject
from maroom.duties.vitals.presenter import Ports, VitalsPresenter, Whose
from maroom.duties.vitals.service import Vitals
from maroom.duties.vitals.view import VitalsView
from maroom.ui.labels import Text
from maroom.ui.widgets import Widgets
from maroom.visits.service import Visits
from tests.builders import DANA, SetClock
from tests.duties.vitals.build import ADULT, INFANT, LATER, VISIT, adult_set, entry, measured, opened, pressure
from tests.duties.windows import LOOKS, nameless, shown
from tests.fakes import SaidMessages
from tests.ui.clipped import SLACK, _room_in, clipped

Make = Callable[[Widgets], VitalsView]


@pytest.fixture
def page(ports: Ports, clock: SetClock, messages: SaidMessages) -> Callable[..., Make]:
    def of(subject: Subject = ADULT) -> Make:
        def make(widgets: Widgets) -> VitalsView:
            view = VitalsView(widgets, clock, messages)
            view.attach(VitalsPresenter(Opening(DANA, VISIT), Whose("Okafor-Reyes, Thomas", subject), ports))
            return view

        return make

    return of


def press(qtbot: QtBot, *keys: Qt.Key | str) -> None:
    """Each key goes to whatever has the focus."""
    for key in keys:
        at = QApplication.focusWidget()
        assert at is not None
        qtbot.keyClicks(at, key) if isinstance(key, str) else qtbot.keyClick(at, key)


def field(view: VitalsView, name: str) -> QLineEdit:
    found = view.window().findChild(QLineEdit, name)
    assert found is not None, name
    return found


def button(view: VitalsView, name: str) -> QPushButton:
    found = view.window().findChild(QPushButton, name)
    assert found is not None, name
    return found


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


ENTER = Qt.Key.Key_Return


def test_a_whole_set_by_keyboard_alone(
    qapp: QApplication, qtbot: QtBot, page: Callable[..., Make], vitals: Vitals, messages: SaidMessages
) -> None:
    with shown(qapp, page()):
        press(qtbot, ENTER, "142", ENTER, "88", ENTER, "72", ENTER, "98.6", ENTER, "16", ENTER, "97", ENTER)
        press(qtbot, "186", ENTER, "5'7", ENTER, "3", ENTER, ENTER)
    (saved,) = vitals.sets(opened())
    assert {one.sign for one in saved.readings} == {one.sign for one in adult_set()} | {Sign.BMI}
    assert messages.words == ["Saved for Okafor-Reyes, Thomas, 10:42"]


def test_the_stroke_goes_on_to_the_lower_number(qapp: QApplication, qtbot: QtBot, page: Callable[..., Make]) -> None:
    with shown(qapp, page()) as (_window, view):
        press(qtbot, ENTER, *"142/88")
        assert (field(view, "bp.systolic").text(), field(view, "bp.diastolic").text()) == ("142", "88")


def test_after_a_save_the_quick_line_waits(qapp: QApplication, qtbot: QtBot, page: Callable[..., Make]) -> None:
    with shown(qapp, page()) as (_window, view):
        press(qtbot, ENTER, *"142/88")
        click(qtbot, button(view, "save"))
        assert QApplication.focusWidget() is field(view, "quick")
        assert not button(view, "save").isEnabled()


def test_a_double_click_saves_once(qapp: QApplication, qtbot: QtBot, page: Callable[..., Make], vitals: Vitals) -> None:
    with shown(qapp, page()) as (_window, view):
        qtbot.keyClicks(field(view, "pulse"), "72")
        qtbot.mouseDClick(button(view, "save"), Qt.MouseButton.LeftButton)
        click(qtbot, button(view, "save"))
        click(qtbot, button(view, "save"))
    assert len(vitals.sets(opened())) == 1


def test_a_refused_value_takes_the_focus_and_is_not_saved(
    qapp: QApplication, qtbot: QtBot, page: Callable[..., Make], vitals: Vitals
) -> None:
    with shown(qapp, page()) as (_window, view):
        qtbot.keyClicks(field(view, "spo2"), "101")
        click(qtbot, button(view, "save"))
        assert QApplication.focusWidget() is field(view, "spo2")
        assert field(view, "spo2").property("state") == "refused"
        assert field(view, "spo2").accessibleDescription() == "most 100 %"
    assert vitals.sets(opened()) == ()


def test_an_unusual_value_is_let_stand_by_its_button(
    qapp: QApplication, qtbot: QtBot, page: Callable[..., Make], vitals: Vitals
) -> None:
    with shown(qapp, page()) as (_window, view):
        qtbot.keyClicks(field(view, "pulse"), "35")
        click(qtbot, button(view, "save"))
        assert QApplication.focusWidget() is button(view, "pulse:keep")
        assert vitals.sets(opened()) == ()
        press(qtbot, Qt.Key.Key_Space)
        assert button(view, "pulse:keep").isHidden()
        click(qtbot, button(view, "save"))
    assert len(vitals.sets(opened())) == 1


def test_drawing_keeps_focus_cursor_and_selection(qapp: QApplication, qtbot: QtBot, page: Callable[..., Make]) -> None:
    with shown(qapp, page()) as (_window, view):
        weight = field(view, "weight")
        weight.setFocus()
        qtbot.keyClicks(weight, "186.5")
        weight.setSelection(1, 2)
        view.render(view.presenter.state)
        assert (QApplication.focusWidget(), weight.selectedText(), weight.text()) == (weight, "86", "186.5")


def test_no_wheel_and_no_arrow_changes_anything(qapp: QApplication, qtbot: QtBot, page: Callable[..., Make]) -> None:
    with shown(qapp, page()) as (_window, view):
        qtbot.keyClicks(field(view, "pulse"), "72")
        before = view.presenter.state.rows
        for widget in (*view.findChildren(QLineEdit), *view.findChildren(QComboBox)):
            wheel(widget)
        press(qtbot, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp)
        assert view.presenter.state.rows == before


def wheel(widget: QWidget) -> None:
    middle = QPointF(widget.rect().center())
    nothing = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False
    event = QWheelEvent(middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, *nothing)
    QApplication.sendEvent(widget, event)


def test_a_qualifier_is_asked_until_it_is_chosen(qapp: QApplication, page: Callable[..., Make]) -> None:
    with shown(qapp, page()) as (_window, view):
        site = view.findChild(QComboBox, "temperature:site")
        assert site is not None
        assert site.currentText() == "site?"
        site.activated.emit(1)
        assert site.currentText() == "mouth"
        question = next(one for one in view.presenter.state.rows if one.sign is Sign.TEMPERATURE).questions[0]
        assert question.chosen == "mouth"


def test_the_unit_turns_and_the_number_stays(qapp: QApplication, qtbot: QtBot, page: Callable[..., Make]) -> None:
    with shown(qapp, page()) as (_window, view):
        qtbot.keyClicks(field(view, "temperature"), "38.6")
        click(qtbot, button(view, "temperature:unit"))
        assert field(view, "temperature").text() == "38.6"
        assert "38.6" in _words(view)
        assert "101.5 °F" in _words(view)


def _words(view: QWidget) -> list[str]:
    return [label.text() for label in view.findChildren(Text) if label.isVisible()]


def test_the_sign_at_hand_is_large_with_its_trend(
    qapp: QApplication, qtbot: QtBot, page: Callable[..., Make], vitals: Vitals
) -> None:
    vitals.record(opened(LATER), entry(measured(Sign.WEIGHT, "177"), visit=LATER))
    with shown(qapp, page()) as (_window, view):
        field(view, "weight").setFocus()
        assert view.presenter.state.here == Sign.WEIGHT
        qtbot.keyClicks(field(view, "weight"), "186")
        assert [one.text() for one in view.findChildren(Text) if one.property("kind") == "hero"] == ["186"]


@pytest.mark.qt_log_ignore("This plugin does not support")  # said of every menu that opens offscreen
def test_what_was_not_taken_is_said_by_menu(
    qapp: QApplication, qtbot: QtBot, page: Callable[..., Make], vitals: Vitals
) -> None:
    with shown(qapp, page()) as (_window, view):
        field(view, "pain").setFocus()
        click(qtbot, button(view, "not-taken"))
        menu = view._menu
        assert menu.actions()[0].text() == "Pain: declined"
        menu.actions()[0].trigger()
        menu.hide()
        assert "declined" in _words(view)
        click(qtbot, button(view, "save"))
    assert vitals.sets(opened())[0].readings[0].measurement.absent is not None


def test_a_reading_is_put_right_by_keyboard(
    qapp: QApplication, qtbot: QtBot, page: Callable[..., Make], vitals: Vitals
) -> None:
    reading = vitals.record(opened(), entry(pressure(152, 88), measured(Sign.PULSE, "72"))).readings[0]
    with shown(qapp, page()) as (_window, view):
        click(qtbot, button(view, "step"))
        press(qtbot, ENTER)
        assert QApplication.focusWidget() is field(view, "new-value")
        press(qtbot, "142/88")
        field(view, "new-reason").setFocus()
        press(qtbot, "typed the wrong number")
        click(qtbot, button(view, "correction-done"))
        assert any("(was 152/88)" in words for words in _words(view))
    now = next(one for one in vitals.sets(opened())[0].readings if one.id == reading.id)
    assert (now.measurement, now.status) == (pressure(142, 88), Status.AMENDED)


def test_a_reading_is_marked_as_entered_in_error(
    qapp: QApplication, qtbot: QtBot, page: Callable[..., Make], vitals: Vitals
) -> None:
    reading = vitals.record(opened(), entry(measured(Sign.PULSE, "72"))).readings[0]
    with shown(qapp, page()) as (_window, view):
        click(qtbot, button(view, "step"))
        click(qtbot, button(view, reading.id))
        assert not button(view, "correction-void").isEnabled()
        qtbot.keyClicks(field(view, "new-reason"), "other patient")
        click(qtbot, button(view, "correction-void"))
        assert any("in error" in words for words in _words(view))
    assert vitals.sets(opened())[0].readings[0].retracted


def test_escape_leaves_a_correction_alone(qapp: QApplication, qtbot: QtBot, page: Callable[..., Make], vitals: Vitals) -> None:
    vitals.record(opened(), entry(measured(Sign.PULSE, "72")))
    with shown(qapp, page()) as (_window, view):
        click(qtbot, button(view, "step"))
        press(qtbot, ENTER, "9", Qt.Key.Key_Escape)
        assert view.presenter.state.correction is None


def test_another_age_is_asked_other_signs(qapp: QApplication, page: Callable[..., Make]) -> None:
    with shown(qapp, page(INFANT)) as (_window, view):
        assert view.findChild(QLineEdit, "length") is not None
        assert view.findChild(QLineEdit, "height") is None


def _full(view: VitalsView) -> None:
    made = view.presenter
    for name, text in {"bp.systolic": "142/88", "pulse": "35", "temperature": "98.6", "spo2": "101"}.items():
        made.typed(name, text)
    made.typed("weight", "186")
    made.typed("height", "5'7\"")
    for sign, name, word in (
        (Sign.BP, "site", "right_ankle"),
        (Sign.BP, "cuff", "infant"),
        (Sign.BP, "position", "half_sitting"),
    ):
        made.chose(sign, name, word)
    made.chose(Sign.WEIGHT, "device", "wheelchair_scale")
    made.focused(None)


def test_every_word_of_a_choice_fits_its_row(qapp: QApplication, page: Callable[..., Make]) -> None:
    with shown(qapp, page()) as (_window, view):
        for combo in view.findChildren(QComboBox):
            longest = max(combo.fontMetrics().horizontalAdvance(combo.itemText(at)) for at in range(combo.count()))
            assert longest <= _room_in(combo) + SLACK, combo.objectName()


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_clipped_and_everything_has_a_name(
    qapp: QApplication, page: Callable[..., Make], vitals: Vitals, look: tuple[str, float]
) -> None:
    vitals.record(opened(LATER), entry(*adult_set(), visit=LATER))
    vitals.record(opened(), entry(*adult_set()))
    with shown(qapp, page(), look) as (window, view):
        _full(view)
        _settle(qapp)
        assert list(clipped(window)) == []
        assert nameless(view) == []


@pytest.mark.parametrize(
    ("field_name", "text", "word"),
    [
        ("pulse", "35", "low?"),
        ("pulse", "150", "high?"),
        ("bp.systolic", "100/90", "near?"),
        ("bp.systolic", "190/60", "wide?"),
        ("weight", "186 kg", "unit?"),
        ("weight", "230", "gain?"),
        ("weight", "140", "loss?"),
        ("spo2", "89", "low?"),
    ],
)
def test_what_is_asked_fits_beside_its_button(
    qapp: QApplication, page: Callable[..., Make], vitals: Vitals, field_name: str, text: str, word: str
) -> None:
    vitals.record(opened(LATER), entry(measured(Sign.WEIGHT, "186"), visit=LATER))
    with shown(qapp, page()) as (window, view):
        view.presenter.typed(field_name, text)
        view.presenter.focused(None)
        _settle(qapp)
        assert word in _words(view)
        assert _scrolled(view) == set()
        assert list(clipped(window)) == []


def _settle(app: QApplication) -> None:
    """Layouts in layouts find their sizes one after the other."""
    for _ in range(3):
        app.processEvents()


def _scrolled(view: VitalsView) -> set[int]:
    """How far anything on the page could be scrolled, but for nothing."""
    areas = view.findChildren(QScrollArea)
    return {bar.maximum() for area in areas for bar in (area.verticalScrollBar(), area.horizontalScrollBar())} - {0}


def test_at_1280_by_800_an_adult_needs_no_scrolling(qapp: QApplication, page: Callable[..., Make], vitals: Vitals) -> None:
    for _ in range(2):
        vitals.record(opened(), entry(*adult_set()))
    with shown(qapp, page()) as (_window, view):
        _full(view)
        _settle(qapp)
        assert _scrolled(view) == set()


# the quick line


LINE = "142/88 L lg sit p72 reg 98.6f oral 186# 5'7\" r16 s97 finger ra pain3"


def test_a_whole_set_in_one_line_and_two_keys(
    qapp: QApplication, qtbot: QtBot, page: Callable[..., Make], vitals: Vitals, messages: SaidMessages
) -> None:
    with shown(qapp, page()) as (_window, view):
        press(qtbot, LINE)
        assert "186 lb = 84.4 kg" in _words(view)
        press(qtbot, ENTER)
        assert (field(view, "weight").text(), vitals.sets(opened())) == ("186", ())
        press(qtbot, ENTER)
        assert field(view, "quick").text() == ""
    (saved,) = vitals.sets(opened())
    assert {one.sign for one in saved.readings} >= {one.sign for one in adult_set()}
    assert messages.words == ["Saved for Okafor-Reyes, Thomas, 10:42"]


def test_enter_shows_what_is_not_clear(qapp: QApplication, qtbot: QtBot, page: Callable[..., Make]) -> None:
    with shown(qapp, page()) as (_window, view):
        press(qtbot, "p72 banana r16", ENTER)
        assert field(view, "quick").selectedText() == "banana"
        assert "banana: of what?" in _words(view)
        assert field(view, "pulse").text() == ""


def test_pounds_of_a_child_are_told_with_what_to_do(qapp: QApplication, qtbot: QtBot, page: Callable[..., Make]) -> None:
    with shown(qapp, page(INFANT)) as (_window, view):
        press(qtbot, "7 lb 4 oz", ENTER)
        assert "7 lb 4 oz is 3.289 kg: switch the scale to kg" in _words(view)
        assert field(view, "weight").text() == ""


def test_ctrl_l_goes_to_the_line(qapp: QApplication, qtbot: QtBot, page: Callable[..., Make]) -> None:
    with shown(qapp, page()) as (_window, view):
        field(view, "pain").setFocus()
        qtbot.keyClick(field(view, "pain"), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert QApplication.focusWidget() is field(view, "quick")


# slips, repeats, and the rest of the page


def test_one_key_takes_what_was_meant(qapp: QApplication, qtbot: QtBot, page: Callable[..., Make]) -> None:
    with shown(qapp, page()) as (_window, view):
        qtbot.keyClicks(field(view, "height"), "67 cm")
        view.presenter.focused(None)
        assert button(view, "height:meant").text() == "67 in?"
        qtbot.keyClick(field(view, "height"), Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
        assert (view.presenter.state.rows[6].unit, field(view, "height").text()) == ("[in_i]", "67")


def test_what_was_meant_comes_right_behind_its_field(qapp: QApplication, qtbot: QtBot, page: Callable[..., Make]) -> None:
    with shown(qapp, page()) as (_window, view):
        field(view, "height").setFocus()
        press(qtbot, "67 cm", Qt.Key.Key_Tab)
        qapp.processEvents()
        field(view, "height").setFocus()
        press(qtbot, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is button(view, "height:meant")


def test_the_rest_is_counted_by_the_clock(qapp: QApplication, qtbot: QtBot, page: Callable[..., Make], clock: SetClock) -> None:
    with shown(qapp, page()) as (_window, view):
        press(qtbot, ENTER, *"150/92", ENTER)
        click(qtbot, button(view, "bp#2:rest"))
        _settle(qapp)
        assert [one for one in _words(view) if "again" in one] == ["BP again", "again in 1:00"]
        clock.forward(seconds=42)
        view.render(view.presenter.state)
        assert "again in 0:18" in _words(view)
        clock.forward(seconds=30)
        view.render(view.presenter.state)
        assert "take it again now" in _words(view)
        click(qtbot, button(view, "bp#2:rest"))
        assert QApplication.focusWidget() is field(view, "bp#2.systolic")


def test_a_row_is_asked_for(qapp: QApplication, qtbot: QtBot, page: Callable[..., Make]) -> None:
    with shown(qapp, page()) as (_window, view):
        click(qtbot, button(view, "more"))
        click(qtbot, button(view, "more-row-waist"))
        assert QApplication.focusWidget() is field(view, "waist")


def test_a_critical_value_is_told_and_read_back(
    qapp: QApplication, qtbot: QtBot, page: Callable[..., Make], visits: Visits
) -> None:
    with shown(qapp, page()) as (_window, view):
        view.presenter.typed("spo2", "88")
        view.presenter.confirm("spo2")
        click(qtbot, button(view, "save"))
        assert QApplication.focusWidget() is field(view, "told-whom")
        press(qtbot, "Dr. Lindqvist")
        view.presenter.told_typed(read_back=True)
        click(qtbot, button(view, "telling-done"))
    assert visits.open_notices(opened()) == ()


def test_escape_leaves_the_notice_open(qapp: QApplication, qtbot: QtBot, page: Callable[..., Make], visits: Visits) -> None:
    with shown(qapp, page()) as (_window, view):
        view.presenter.typed("spo2", "88")
        view.presenter.confirm("spo2")
        click(qtbot, button(view, "save"))
        press(qtbot, Qt.Key.Key_Escape)
        assert view.presenter.state.telling is None
    assert len(visits.open_notices(opened())) == 1


def test_rows_stand_in_the_order_of_the_age_whoever_was_shown_before(
    qapp: QApplication, page: Callable[..., Make], ports: Ports
) -> None:
    with shown(qapp, page()) as (_window, view):
        view.attach(VitalsPresenter(Opening(DANA, VISIT), Whose("Baby", INFANT), ports))
        _settle(qapp)
        seen = {one.objectName(): one.mapTo(view, QPoint()).y() for one in view.findChildren(QLineEdit) if one.isVisible()}
        heights = [seen[row.cells[0].field] for row in view.presenter.state.rows if row.from_years is None]
        assert heights == sorted(heights)


@pytest.mark.parametrize("look", LOOKS)
def test_an_infants_page_is_not_clipped_either(
    qapp: QApplication, page: Callable[..., Make], vitals: Vitals, look: tuple[str, float]
) -> None:
    earlier = (measured(Sign.WEIGHT, "7.61", "kg"), measured(Sign.LENGTH, "66.2", "cm"), measured(Sign.HEAD, "42.9", "cm"))
    vitals.record(opened(LATER), entry(*earlier, visit=LATER))
    with shown(qapp, page(INFANT), look) as (window, view):
        view.presenter.quick_typed("8.42kg 69.5cm hc44.1 99.1f ax p128 r34 s98")
        view.presenter.quick_entered()
        view.presenter.not_taken("pain", "asked-declined")
        _settle(qapp)
        assert list(clipped(window)) == []
        assert nameless(view) == []


def test_with_a_repeat_and_a_set_on_record_nothing_scrolls(
    qapp: QApplication, page: Callable[..., Make], vitals: Vitals
) -> None:
    vitals.record(opened(LATER), entry(*adult_set(), visit=LATER))
    vitals.record(opened(), entry(*adult_set()[1:]))
    with shown(qapp, page(WOMAN)) as (window, view):
        view.presenter.quick_typed(LINE)
        view.presenter.quick_entered()
        view.presenter.start_rest()
        _settle(qapp)
        assert len(view.presenter.state.rows) == 10
        assert _scrolled(view) == set()
        assert list(clipped(window)) == []
        view.presenter.typed("bp#2.systolic", "146/90")
        _settle(qapp)
        assert _scrolled(view) == set()
        assert list(clipped(window)) == []


WOMAN = Subject(date(1990, 2, 2), "female")
