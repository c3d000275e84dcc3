"""Invented pages made with the whole toolkit: what the gallery draws and what the tests measure. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from maroom.core.presenter import Presenter
from maroom.ui.charts import Trace, Trend, TrendChart
from maroom.ui.fields import Option
from maroom.ui.forms import FieldState, Form, FormLine
from maroom.ui.live import mark_as
from maroom.ui.page import Cover, Page
from maroom.ui.painted import Dots
from maroom.ui.table import Table
from maroom.ui.table_row import Step
from maroom.ui.widgets import CENTRE, RIGHT, ROW_SHARE, STRETCH, Column, Grow, Tag, Widgets

ROOM_LOOK = {
    "ready": ("", "circle-check", "ok"),
    "occupied": ("busy", "user-round", "accent"),
    "dirty": ("dirty", "spray-can", "text_quiet"),
    "cleaning": ("dirty", "timer", "text_quiet"),
}


@dataclass(frozen=True)
class Visit:
    key: str
    time: str
    name: str
    age: str
    reason: str
    status: str
    tone: str
    icon: str
    room: str
    minutes: str
    next: str
    alike: bool = False
    over: str = ""
    lead: bool = False


@dataclass(frozen=True)
class Board:
    rooms: tuple[tuple[str, str, str, str, str, bool], ...]
    visits: tuple[Visit, ...]
    rest: str = ""


class BoardPresenter(Presenter[Board]):
    """Notes what was wished."""

    def __init__(self, state: Board) -> None:
        super().__init__(state)
        self.wished: list[str] = []

    def step(self, key: str) -> None:
        self.wished.append(f"step {key}")

    def open(self, key: str) -> None:
        self.wished.append(f"open {key}")

    def more(self, key: str) -> None:
        self.wished.append(f"more {key}")

    def add(self) -> None:
        self.wished.append("add")


class BoardPage(Page[Board, BoardPresenter]):
    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self._rooms = widgets.down(gap="gap")
        self.table = Table(
            widgets, self._columns(), self._cells, self._step, step_title="Next step", more="More for this visit",
            row="row_tall" if widgets.narrow else "row", empty="Nobody is expected today.",
        )  # fmt: skip
        self.table.stepped.connect(self._stepped)
        self.table.opened.connect(self._opened)
        self.table.more_wished.connect(self._more)
        self.body.addLayout(self._rooms)
        self.body.addWidget(self.table, ROW_SHARE)
        self.body.addStretch(1)
        self.foot.second("Undo last move", "undo-2", name="undo")
        self.foot.primary("Add a visit", "plus").clicked.connect(self._add)

    def render(self, state: Board) -> None:
        self.head.show_words("Today", "Mon 23 Nov 2026, 14 visits, 4 roomed", Tag("Huddle printed 8:12", icon="printer"))
        if not self._rooms.count():
            tiles = [self._tile(*room) for room in state.rooms]
            self._rooms.addWidget(self.widgets.grid(tiles, 4 if self.widgets.narrow else 8))
        self.table.become(state.visits, rest=state.rest)

    def start(self) -> QWidget | None:
        keys = self.table.keys()
        return self.table.row(keys[0]) if keys else None

    def _stepped(self, key: str) -> None:
        self.presenter.step(key)

    def _opened(self, key: str) -> None:
        self.presenter.open(key)

    def _more(self, key: str) -> None:
        self.presenter.more(key)

    def _add(self) -> None:
        self.presenter.add()

    def _tile(self, number: str, state: str, word: str, who: str, note: str, over: bool) -> QFrame:
        widgets = self.widgets
        look, icon, role = ROOM_LOOK[state]
        words = widgets.holder(widgets.image(icon, role), widgets.text(word, "strong"), gap="tight")
        under = widgets.finding("warn", note, "head") if over else widgets.text(note, "caption")
        below = (widgets.holder(widgets.text(who), under, STRETCH),) if widgets.narrow else (widgets.text(who), under)
        top = widgets.across(widgets.text(number, "title"), STRETCH, words)
        tile = widgets.frame("tile", widgets.down(top, STRETCH, *below, gap="", pad="pad"), state=look)
        return widgets.sized(tile, high="tile_low" if widgets.narrow else "tile")

    def _columns(self) -> tuple[Column, ...]:
        head = (Column("Time", "col_time"), Column("Patient", share=2))
        if self.widgets.narrow:
            return (*head, Column("Stands", "col_stands"))
        tail = (Column("Stands", "col_status"), Column("Room", "col_room"), Column("Here for", "col_minutes"))
        return (*head, Column("Reason", share=1), *tail)

    def _cells(self, visit: Visit) -> tuple[QWidget, ...]:
        widgets = self.widgets
        minutes = widgets.finding("warn", visit.over, "strong") if visit.over else widgets.text(visit.minutes, "quiet")
        status = widgets.holder(widgets.chip(visit.status, visit.tone, visit.icon), STRETCH)
        head = (widgets.text(visit.time, "strong"), self._name(visit))
        if widgets.narrow:
            room = widgets.text(f"Room {visit.room}", "strong") if visit.room else None
            return (*head, widgets.stack(STRETCH, status, widgets.holder(room, minutes, STRETCH), STRETCH, gap="tight"))
        return (*head, widgets.line(visit.reason, "quiet"), status, widgets.text(visit.room, "row"), minutes)

    def _name(self, visit: Visit) -> QWidget:
        widgets = self.widgets
        alike = widgets.chip("same name", "alike", "users") if visit.alike else None
        first = widgets.holder(widgets.line(visit.name, "row"), widgets.text(visit.age, "quiet"), alike, STRETCH)
        return widgets.stack(STRETCH, first, widgets.line(visit.reason, "quiet"), STRETCH) if widgets.narrow else first

    def _step(self, visit: Visit) -> Step | None:
        return Step(visit.next, visit.lead) if visit.next else None


ROOMS = (
    ("1", "ready", "ready", "", "since 10:31", False),
    ("2", "occupied", "provider", "Nguyen, B.", "12 min", False),
    ("3", "occupied", "vitals", "Garcia, M. E.", "3 steps left", False),
    ("4", "cleaning", "cleaning", "", "wet until 10:44", False),
    ("5", "occupied", "vitals", "Okafor-R., T.", "BP in 0:42", False),
    ("6", "occupied", "waiting", "García, M. E.", "34 min", True),
    ("7", "dirty", "dirty", "", "since 10:38", False),
    ("8", "ready", "ready", "", "procedure tray set", False),
)
VISITS = (
    Visit("a", "9:50", "García, Maria E.", "F 34 y", "Headache, follow-up", "Ready for provider", "accent", "door-open",
          "6", "", "With provider", alike=True, over="34 min, over 20"),
    Visit("b", "10:10", "Nguyen, Bao", "M 41 y", "Skin check", "With provider", "plain", "user-round",
          "2", "12 min", "Check out"),
    Visit("c", "10:20", "Okafor-Reyes, Thomas", "M 58 y", "Blood pressure", "Vitals", "plain", "heart-pulse",
          "5", "9 min", "Ready for provider", lead=True),
    Visit("d", "10:30", "Garcia, María Elena", "F 8 mo", "Well child, vaccines", "Vitals", "plain", "heart-pulse",
          "3", "6 min", "Ready for provider", alike=True, lead=True),
    Visit("e", "10:40", "Lindqvist, Åsa", "F 29 y", "Prenatal, 24 wk", "Waiting", "outline", "clock",
          "", "4 min", "Room in 1", lead=True),
    Visit("f", "10:40", "李小龍", "M 66 y", "Diabetes, labs", "Waiting", "outline", "clock",
          "", "2 min", "Room in 8", lead=True),
    Visit("g", "11:00", "O'Brien-Łukasiewicz-Montgomery, Niamh Aoife Caoilfhionn", "F 72 y", "Wound check", "Expected",
          "outline", "calendar-days", "", "", "Arrive"),
    Visit("h", "11:10", "عبد الله", "M 5 y", "Sore throat", "Expected", "outline", "calendar-days", "", "", "Arrive"),
)  # fmt: skip
BOARD = Board(ROOMS, VISITS, "6 more: 3 checked out, 1 left before the visit, 2 this afternoon")


@dataclass(frozen=True)
class Sign:
    name: str
    values: tuple[str, ...]
    unit: str
    other: str
    how: tuple[str, ...]
    severity: str
    finding: str
    last: str
    when: str


@dataclass(frozen=True)
class Signs:
    quick: str
    signs: tuple[Sign, ...]
    trend: Trend | None
    dirty: bool = True


class SignsPresenter(Presenter[Signs]):
    """Keeps what is typed; `parsed` notes the order."""

    def __init__(self, state: Signs) -> None:
        super().__init__(state)
        self.typed_in: list[tuple[str, str]] = []
        self.saves = 0

    def typed(self, field: str, text: str) -> None:
        self.typed_in.append((field, text))
        name, number = field.split(".")
        signs = tuple(self._with(sign, int(number), text) if sign.name == name else sign for sign in self.state.signs)
        self.show(replace(self.state, signs=signs))

    def _with(self, sign: Sign, number: int, text: str) -> Sign:
        values = tuple(text if at == number else value for at, value in enumerate(sign.values))
        return replace(
            sign, values=values, severity="warn" if text == "300" else "", finding="outside usual" if text == "300" else ""
        )

    def save(self) -> None:
        self.saves += 1
        self.show(replace(self.state, dirty=False))


SIGN_COLUMNS = (
    Column("Sign", "col_sign"),
    Column("Today", "col_value", RIGHT),
    Column("", "col_unit"),
    Column("How", "col_how"),
    Column("Finding", share=1),
    Column("Last", "col_last", RIGHT),
)


class SignsPage(Page[Signs, SignsPresenter]):
    """Rows that stay, fields that live: built from the first state's signs, then only told."""

    def __init__(self, widgets: Widgets, signs: tuple[Sign, ...]) -> None:
        super().__init__(widgets)
        self._quick = widgets.field("quick", "Quick line", "quick", "142/88 L lg p72 98.6f 186# 5'7\" r16 s97")
        lines = widgets.lines(SIGN_COLUMNS)
        self._fields = {sign.name: [self._field(sign, at) for at in range(len(sign.values))] for sign in signs}
        self._findings = {sign.name: widgets.finding(kind="strong") for sign in signs}
        for sign in signs:
            lines.add(self._cells(sign), "here" if sign is signs[0] else "last" if sign is signs[-1] else "")
        lines.end()
        self._chart = TrendChart(widgets.theme)
        self.body.addWidget(self._quick)
        self.body.addLayout(widgets.columns(lines, self._side()), 1)
        self.foot.second("Not done or refused", name="not-done")
        self._save = self.foot.primary("Save vitals", "check", name="save")
        self._save.clicked.connect(self._saved)

    def render(self, state: Signs) -> None:
        self.head.show_words("Vitals", "started 10:39 by Dana R., kept as a draft", Tag("not saved yet", icon="pen-line"))
        self._quick.become(state.quick)
        for sign in state.signs:
            for field, value in zip(self._fields[sign.name], sign.values, strict=True):
                field.become(value, sign.severity)
            self._findings[sign.name].become(sign.severity, sign.finding)
        self._chart.become(state.trend)
        self._save.setEnabled(state.dirty)

    def _saved(self) -> None:
        self.presenter.save()

    def _typed(self, field: str, text: str) -> None:
        self.presenter.typed(field, text)

    def _field(self, sign: Sign, at: int) -> QWidget:
        field = self.widgets.field(f"{sign.name}.{at}", f"{sign.name}, {sign.unit}", "figure", align=RIGHT)
        field.typed.connect(self._typed)
        return self.widgets.sized(field, wide="col_slot" if len(sign.values) > 1 else "col_slot_one")

    def _cells(self, sign: Sign) -> tuple[QWidget, ...]:
        widgets, fields = self.widgets, self._fields[sign.name]
        slash = widgets.text("/", "figure", align=Qt.AlignmentFlag.AlignCenter) if len(fields) > 1 else STRETCH
        value = widgets.holder(*((fields[0], slash, fields[1]) if len(fields) > 1 else (slash, fields[0])), gap="tight")
        unit = widgets.two(sign.unit, sign.other) if sign.other else widgets.text(sign.unit)
        how = widgets.holder(*[self._choice(sign.name, words) for words in sign.how], gap="tight")
        last = widgets.two(sign.last, sign.when, align=RIGHT)
        return (widgets.text(sign.name), value, unit, how, self._findings[sign.name], last)

    def _choice(self, name: str, words: str) -> QWidget:
        choice = self.widgets.choice(f"{name}-{words}", f"{name}, how")
        options = [Option("one", words.rstrip("?")), Option("other", "other")]
        choice.become(options, "" if words.endswith("?") else "one", ask=words if words.endswith("?") else "")
        return choice

    def _side(self) -> QFrame:
        widgets = self.widgets
        head = widgets.heading("Blood pressure", widgets.chip("stage 2 range", "warn", mark="warn"))
        figure = widgets.holder(widgets.text("142/88", "hero"), widgets.two("mmHg", "1st of 2", "section"), STRETCH)
        return widgets.card(
            head, figure, widgets.text("10:41, left arm, large cuff, sitting, by Dana R.", "caption"), widgets.rule(),
            widgets.heading("Six visits", widgets.text("mmHg", "caption")), Grow(self._chart),
        )  # fmt: skip


TREND = Trend(
    "Blood pressure over six visits, rising from 126/78 to 142/88",
    ((0, "Nov 25"), (3, "Feb"), (6, "May"), (9, "Aug"), (12, "today")),
    (60, 80, 100, 120, 140, 160),
    (
        Trace("142", "disc", ((0, 126), (2, 131), (4, 128), (7, 134), (10, 138), (12, 142))),
        Trace("88", "square", ((0, 78), (2, 82), (4, 80), (7, 84), (10, 85), (12, 88))),
    ),
    ((140, "stage 2 from 140"), (90, "stage 2 from 90")),
    ((90, 120, "usual, upper"), (60, 80, "usual, lower")),
)
SIGNS = Signs(
    "142/88 L lg sit p72 98.6f 186# 5'7\" r16 s97",
    (
        Sign("BP", ("142", "88"), "mmHg", "", ("L arm", "large", "sitting"), "warn", "stage 2 range", "128/80", "12 Mar"),
        Sign("Pulse", ("72",), "/min", "", ("regular", "site?"), "ok", "usual", "76", "12 Mar"),
        Sign("Temperature", ("98.6",), "°F", "37.0 °C", ("oral",), "ok", "usual", "98.2", "12 Mar"),
        Sign("Breathing", ("6",), "/min", "", ("counted for?",), "critical", "critical", "14", "12 Mar"),
        Sign("Oxygen", ("970",), "%", "", ("finger", "room air"), "refused", "cannot be", "98", "12 Mar"),
        Sign("Weight", ("186",), "lb", "84.37 kg", ("floor scale", "measured"), "", "up 9 lb", "177", "12 Mar"),
        Sign("Height", ("5' 7\"",), "ft in", "170.2 cm", ("how?",), "", "BMI 29.1", "5' 7\"", "4 Nov"),
        Sign("Pain", ("",), "of 10", "", ("scale?",), "", "", "2", "12 Mar"),
    ),
    TREND,
)


@dataclass(frozen=True)
class Clinic:
    states: tuple[tuple[str, FieldState], ...]


ZONES = (Option("America/New_York", "Eastern time"), Option("America/Chicago", "Central time"))
CLINIC_LINES = (
    FormLine("name", "Name"),
    FormLine("phone", "Phone", wide="col_value"),
    FormLine("zone", "Time zone", "choice", options=ZONES, ask="zone?"),
    FormLine("limit", "Waiting limit", "figure", "min", "col_slot_one"),
    FormLine(
        "palette", "Colours", "segments", options=(Option("light", "Light"), Option("dark", "Dark"), Option("c", "Contrast"))
    ),
    FormLine("demo", "Invented people only", "tick"),
    FormLine("why", "Reason", "note"),
)
CLINIC = Clinic(
    (
        ("name", FieldState("Riverside Clinic")),
        ("phone", FieldState("555 0100", "refused", "ten figures, please")),
        ("limit", FieldState("20")),
        ("palette", FieldState("light")),
        ("demo", FieldState("yes")),
    )
)


class ClinicPresenter(Presenter[Clinic]):
    def typed(self, name: str, text: str) -> None:
        states = {**dict(self.state.states), name: FieldState(text)}
        self.show(Clinic(tuple(states.items())))


class ClinicPage(Page[Clinic, ClinicPresenter]):
    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self.form = Form(widgets, CLINIC_LINES)
        self.form.typed.connect(self._typed)
        self.form.chosen.connect(self._typed)
        self.body.addWidget(widgets.card(widgets.text("Clinic", "strong"), self.form))
        self.body.addStretch(1)
        self.foot.primary("Save", "check")

    def render(self, state: Clinic) -> None:
        self.head.show_words("Settings", "of this clinic")
        self.form.become(dict(state.states))

    def _typed(self, name: str, text: str) -> None:
        self.presenter.typed(name, text)


PEOPLE = (("DR", "Dana Reyes", "Medical assistant"), ("LO", "Luis Ortiz", "Medical assistant"), ("MB", "Mei-Ling Bai", "Lead"))


class SignInCover(Cover[str, Presenter[str]]):
    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        self._pin = widgets.field("pin", "PIN", "secret")
        self._dots = Dots(widgets.theme, 4)
        words = widgets.stack(
            widgets.text("maroom", "section", "accent"), widgets.text("Who is signing in?", "big"), gap="tight"
        )
        tiles = [self._person(*person) for person in PEOPLE]
        pin = widgets.sized(
            widgets.card(widgets.text("PIN of Dana Reyes", "section", align=CENTRE), self._pin, self._dots), wide="col_pin"
        )
        self.body.addLayout(widgets.across(words, STRETCH, widgets.text("10:42", "big")))
        self.body.addStretch(1)
        self.body.addLayout(widgets.across(Grow(widgets.grid(tiles, 2, "pad")), pin, gap="gutter"))
        self.body.addStretch(1)

    def render(self, state: str) -> None:
        self._pin.become(state)
        self._dots.become(len(state))

    def _person(self, letters: str, name: str, role: str) -> QFrame:
        widgets = self.widgets
        avatar = widgets.sized(widgets.text(letters, "avatar", align=CENTRE), "avatar", "avatar")
        words = widgets.stack(STRETCH, widgets.text(name, "section"), widgets.text(role, "caption"), STRETCH)
        return widgets.sized(
            widgets.frame("tile", widgets.across(avatar, Grow(words), gap="pad", pad="pad")), high="tile_person"
        )


class PiecesPage(Page[None, Presenter[None]]):
    """Every kind of word, button, chip and finding once."""

    def __init__(self, widgets: Widgets) -> None:
        super().__init__(widgets)
        kinds = ("hero", "big", "title", "figure", "section", "strong", "body", "quiet", "caption")
        words = [widgets.holder(widgets.text("142/88", kind), STRETCH, widgets.text(kind, "caption")) for kind in kinds]
        marks = [widgets.finding(severity, severity, "strong") for severity in ("ok", "warn", "critical", "refused")]
        tones = ("outline", "plain", "accent", "ok", "notice", "warn", "critical", "refused", "alike")
        chips = [widgets.chip(tone, tone, "clock") for tone in tones]
        self.body.addLayout(
            widgets.across(
                Grow(widgets.card(*words)), Grow(widgets.card(*marks, *self._buttons(), widgets.flow(*chips))), gap="gutter"
            )
        )
        self.body.addStretch(1)

    def render(self, state: None) -> None:
        self.head.show_words("Pieces")

    def _buttons(self) -> tuple[QWidget, ...]:
        widgets = self.widgets
        kinds = [widgets.button(kind, kind, "check") for kind in ("primary", "secondary", "tinted", "quiet")]
        off = widgets.button("not now", "primary")
        off.setEnabled(False)
        done, todo = widgets.tick("done", "done"), widgets.tick("todo", "to do")
        done.setChecked(True)
        field = widgets.field("focused", "A field that has the focus", "figure", align=RIGHT)
        mark_as(field, state="focus")
        return (
            widgets.holder(*kinds, STRETCH),
            widgets.holder(off, done, todo, STRETCH),
            widgets.holder(widgets.sized(field, wide="col_slot_one"), STRETCH),
            widgets.progress("Steps done", 3, 8),
        )
