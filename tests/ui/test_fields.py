"""Fields that live: focus, cursor and selection survive a render; no wheel and no arrow changes a value."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from maroom.ui.fields import Choice, Option
from maroom.ui.forms import FieldState, Form, FormLine
from maroom.ui.widgets import Widgets
from tests.ui.samples import CLINIC, SIGNS, ClinicPage, ClinicPresenter, SignsPage, SignsPresenter

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # said of every list that opens offscreen
Show = Callable[[QWidget], QWidget]
SITES = (Option("oral", "oral"), Option("ear", "ear"))


def wheel(widget: QWidget) -> None:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle, widget.mapToGlobal(middle), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


@pytest.fixture
def page(widgets: Widgets, show: Show) -> SignsPage:
    made = SignsPage(widgets, SIGNS.signs)
    made.attach(SignsPresenter(SIGNS))
    show(made)
    return made


def pulse(page: SignsPage) -> QLineEdit:
    field = page.findChild(QLineEdit, "Pulse.0")
    assert field is not None
    return field


def test_typing_goes_up_and_comes_back_without_moving_the_cursor(page: SignsPage, qtbot: QtBot) -> None:
    field = pulse(page)
    field.setFocus()
    field.setCursorPosition(0)
    qtbot.keyClicks(field, "1")
    assert field.text() == "172"
    assert page.presenter.typed_in == [("Pulse.0", "172")]
    assert (field.cursorPosition(), field.hasFocus()) == (1, True)


def test_a_render_keeps_selection_and_undo(page: SignsPage, qtbot: QtBot) -> None:
    field = pulse(page)
    field.setFocus()
    qtbot.keyClicks(field, "5")
    field.setSelection(0, 2)
    page.presenter.show(page.presenter.state)
    assert field.selectedText() == "72"
    assert field.isUndoAvailable()


def test_the_finding_appears_beside_the_field_and_nothing_moves(page: SignsPage, qtbot: QtBot) -> None:
    field = pulse(page)
    before = field.mapToGlobal(QPoint(0, 0))
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "300")
    assert field.property("state") == "warn"
    assert page._findings["Pulse"].words() == "outside usual"
    assert field.mapToGlobal(QPoint(0, 0)) == before


def test_no_number_changes_by_wheel_or_arrow(page: SignsPage, qtbot: QtBot) -> None:
    before = page.presenter.state
    for field in page.findChildren(QLineEdit):
        field.setFocus()
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            qtbot.keyClick(field, key)
        wheel(field)
    assert page.presenter.state == before
    assert page.findChildren(QSpinBox) == []


def test_no_choice_changes_by_wheel_or_arrow(page: SignsPage, qtbot: QtBot) -> None:
    for choice in page.findChildren(QComboBox):
        before = choice.currentIndex()
        choice.setFocus()
        wheel(choice)
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            qtbot.keyClick(choice, key)
            assert choice.view().isVisible()
            choice.hidePopup()
        assert choice.currentIndex() == before


def test_enter_goes_on_to_the_next_field(page: SignsPage, qtbot: QtBot) -> None:
    first, second = page.findChild(QLineEdit, "BP.0"), page.findChild(QLineEdit, "BP.1")
    assert first is not None
    assert second is not None
    first.setFocus()
    with qtbot.waitSignal(first.entered) as entered:
        qtbot.keyClick(first, Qt.Key.Key_Return)
    assert entered.args == ["BP.0"]
    assert second.hasFocus()


def test_enter_stays_in_the_quick_line(page: SignsPage, qtbot: QtBot) -> None:
    quick = page.findChild(QLineEdit, "quick")
    assert quick is not None
    quick.setFocus()
    with qtbot.waitSignal(quick.entered):
        qtbot.keyClick(quick, Qt.Key.Key_Enter)
    assert quick.hasFocus()


def test_every_field_is_reached_by_tab_alone(page: SignsPage, qtbot: QtBot) -> None:
    wanted = {field.objectName() for field in page.findChildren(QLineEdit)}
    page.findChildren(QLineEdit)[0].setFocus()
    seen: set[str] = set()
    for _ in range(60):
        at = QApplication.focusWidget()
        assert at is not None
        seen.add(at.objectName())
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    assert wanted <= seen


def test_a_choice_asks_until_somebody_says_so(widgets: Widgets, show: Show, qtbot: QtBot) -> None:
    choice = widgets.choice("site", "Temperature, site")
    show(choice)
    choice.become(SITES, ask="site?")
    assert (choice.currentText(), choice.property("state"), choice.key()) == ("site?", "empty", "")
    choice.become(SITES, "ear", ask="site?")
    assert (choice.currentText(), choice.property("state"), choice.key()) == ("ear", "", "ear")


def test_a_choice_is_made_by_keyboard(widgets: Widgets, show: Show, qtbot: QtBot) -> None:
    choice: Choice = widgets.choice("site", "Temperature, site")
    show(choice)
    choice.become(SITES, ask="site?")
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    qtbot.keyClick(choice.view(), Qt.Key.Key_Down)
    with qtbot.waitSignal(choice.chosen) as chosen:
        qtbot.keyClick(choice.view(), Qt.Key.Key_Return)
    assert chosen.args == ["site", "oral"]


def test_telling_a_choice_is_no_choosing(widgets: Widgets, qtbot: QtBot) -> None:
    choice = widgets.choice("site", "Temperature, site")
    qtbot.addWidget(choice)
    with qtbot.assertNotEmitted(choice.chosen):
        choice.become(SITES, "oral", ask="site?")
        choice.become(SITES, "gone", ask="site?")
    assert choice.key() == ""


def test_a_form_tells_what_was_typed_and_chosen(widgets: Widgets, show: Show, qtbot: QtBot) -> None:
    page = ClinicPage(widgets)
    page.attach(ClinicPresenter(CLINIC))
    show(page)
    name = page.findChild(QLineEdit, "name")
    assert name is not None
    qtbot.keyClicks(name, "!")
    qtbot.mouseClick(page.form.findChild(QWidget, "palette-dark"), Qt.MouseButton.LeftButton)
    tick = page.form.control("demo")
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(10, tick.height() // 2))
    states = dict(page.presenter.state.states)
    assert (states["name"].text, states["palette"].text, states["demo"].text) == ("Riverside Clinic!", "dark", "")


def test_a_form_shows_text_finding_and_options(widgets: Widgets, qtbot: QtBot) -> None:
    form = Form(widgets, (FormLine("phone", "Phone"), FormLine("zone", "Zone", "choice"), FormLine("why", "Why", "note")))
    qtbot.addWidget(form)
    form.offer("zone", SITES)
    form.become({"phone": FieldState("5", "refused", "ten figures"), "zone": FieldState("ear"), "why": FieldState("so\nit is")})
    phone, zone, why = form.control("phone"), form.control("zone"), form.control("why")
    assert (phone.property("state"), phone.accessibleDescription()) == ("refused", "ten figures")
    assert isinstance(zone, Choice)
    assert zone.currentText() == "ear"
    assert why.toPlainText() == "so\nit is"


def test_every_control_of_a_form_has_a_name_for_readers(widgets: Widgets, qtbot: QtBot) -> None:
    page = ClinicPage(widgets)
    qtbot.addWidget(page)
    names = [
        page.form.control(line.name).accessibleName() or page.form.control(line.name).text()
        for line in page.form._lines.values()
    ]
    assert all(names)
