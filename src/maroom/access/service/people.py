"""Who works here: signing in and out, adding and changing staff, setting PINs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import ceil

from maroom.access import pin, rows
from maroom.access.model import NewStaff, Refusal, Refused, SignedIn, StaffMember, Tries
from maroom.access.rights import appoints
from maroom.core.clock import Clock, Moment
from maroom.core.names import fold
from maroom.core.people import SYSTEM, Author, Opening, Right, Role
from maroom.core.problems import Code, Problem
from maroom.store.audit_event import Event
from maroom.store.unit_of_work import Act, UnitOfWork, Write

_ROLES = list(Role)


class People:
    """A try counts before its PIN is looked at, so that neither a crash nor a second window gives one away."""

    def __init__(self, unit: UnitOfWork, clock: Clock) -> None:
        self._unit = unit
        self._clock = clock

    def present(self) -> tuple[StaffMember, ...]:
        """Who may sign in here: active and with a PIN; by role, then name."""
        return tuple(member for member in self.everyone() if member.active and member.has_pin)

    def everyone(self) -> tuple[StaffMember, ...]:
        """All whom a chart may name, also those who are gone or have no PIN; by role, then name."""
        with self._unit.glance() as session:
            return tuple(sorted(rows.everyone(session), key=lambda who: (_ROLES.index(who.role), fold(who.name))))

    def find(self, staff_id: str) -> StaffMember | None:
        with self._unit.glance() as session:
            return rows.member(session, staff_id)

    # signing in

    def sign_in(self, staff_id: str, typed: str) -> SignedIn | Refused:
        """Leaves an audit line, right or wrong; a try that came too early is not looked at, counted or noted."""
        member = self.find(staff_id)
        if member is None or not (member.active and member.has_pin):
            return Refused(Refusal.NO_PIN)
        early = self._count_try(staff_id)
        if early:
            return early
        with self._unit.glance() as session:
            kept = rows.pin_hash(session, staff_id)
        author = member.author()
        return self._right(author) if pin.fits(typed, kept) else self._wrong(author)

    def wait(self, staff_id: str) -> int:
        """Seconds until the next try is looked at, 0 for at once."""
        now = self._clock.now().utc
        with self._unit.glance() as session:
            tries = rows.tries(session, staff_id)
        if tries is None:
            return 0
        if now < tries.last:
            with self._unit.bookkeeping("start a wait anew") as session:
                rows.keep_tries(session, staff_id, pin.begun_anew(tries, now))
        return ceil(pin.seconds_left(tries, now))

    def lock(self, opening: Opening) -> None:
        """Notes that she left the keyboard or was timed out."""
        with self._unit.write(Act.of(opening, "lock", Right.SIGN_IN)):
            pass

    def _count_try(self, staff_id: str) -> Refused | None:
        now = self._clock.now()
        with self._unit.bookkeeping("count a try to sign in") as session:
            tries = rows.tries(session, staff_id) or Tries(0, now.utc)
            left = pin.seconds_left(tries, now.utc)
            if left:
                rows.keep_tries(session, staff_id, pin.begun_anew(tries, now.utc))
                return Refused(Refusal.WAIT, wait_until=_after(now, left))
            rows.keep_tries(session, staff_id, Tries(tries.wrong + 1, now.utc))
        return None

    def _right(self, author: Author) -> SignedIn:
        with self._unit.write(Act(author, "sign_in", Right.SIGN_IN)) as unit:
            rows.forget_tries(unit.session, author.staff)
        return SignedIn(author)

    def _wrong(self, author: Author) -> Refused:
        with self._unit.write(Act(author, "sign_in.failed", Right.SIGN_IN, event=Event.SIGN_IN_FAILED)) as unit:
            tries = rows.tries(unit.session, author.staff) or Tries(1, unit.now.utc)
        wait = pin.seconds_left(tries, self._clock.now().utc)
        until = _after(self._clock.now(), wait) if wait else None
        return Refused(Refusal.WRONG_PIN, pin.free_tries(tries.wrong), until)

    # staff

    def first_administrator(self, new: NewStaff) -> StaffMember:
        """Of a clinic where nobody could ever sign in; later Problem NOT_ALLOWED. She needs a PIN."""
        if new.role is not Role.ADMINISTRATOR or not new.pin:
            raise ValueError("the first of a clinic is an administrator with a PIN")
        hashed = pin.hashed(new.pin)
        with self._unit.write(Act(SYSTEM, "staff.first", Right.UPKEEP)) as unit:
            if rows.anybody_has_pin(unit.session):
                raise Problem(Code.NOT_ALLOWED, name=SYSTEM.name)
            return _added(unit, new, hashed)

    def add(self, opening: Opening, new: NewStaff) -> StaffMember:
        """Problem NOT_ALLOWED where the role is above hers. ValueError for a PIN that is none."""
        _may_appoint(opening, new.role)
        hashed = pin.hashed(new.pin) if new.pin else ""
        with self._unit.write(Act.of(opening, "staff.add", Right.CLINIC)) as unit:
            return _added(unit, new, hashed)

    def change(self, opening: Opening, changed: StaffMember) -> StaffMember:
        """Writes name, role and `active` of somebody known. Problems: NOT_ALLOWED, CHANGED_MEANWHILE, LAST_ADMINISTRATOR."""
        with self._unit.write(Act.of(opening, "staff.change", Right.CLINIC)) as unit:
            before = _known(unit, changed.id)
            for role in (before.role, changed.role):
                _may_appoint(opening, role)
            rows.add_member(unit, changed)
            _keep_an_administrator(unit)
        return replace(changed, revision=changed.revision + 1, has_pin=before.has_pin)

    def set_pin(self, opening: Opening, staff_id: str, typed: str) -> None:
        """Her own, or that of somebody she may appoint; wrong tries are forgotten with it. ValueError where it is no PIN."""
        hashed = pin.hashed(typed)
        own = staff_id == opening.author.staff
        with self._unit.write(Act.of(opening, "staff.pin", Right.SIGN_IN if own else Right.CLINIC)) as unit:
            if not own:
                _may_appoint(opening, _known(unit, staff_id).role)
            rows.add_pin(unit, staff_id, hashed)
            rows.forget_tries(unit.session, staff_id)


def _added(unit: Write, new: NewStaff, hashed: str) -> StaffMember:
    member = StaffMember(new.id, new.name.strip(), new.role)
    rows.add_member(unit, member)
    if hashed:
        rows.add_pin(unit, member.id, hashed)
    return replace(member, revision=1, has_pin=bool(hashed))


def _known(unit: Write, staff_id: str) -> StaffMember:
    member = rows.member(unit.session, staff_id)
    if member is None:
        raise KeyError(staff_id)
    return member


def _may_appoint(opening: Opening, role: Role) -> None:
    if not appoints(opening.author.role, role):
        raise Problem(Code.NOT_ALLOWED, name=opening.author.name)


def _keep_an_administrator(unit: Write) -> None:
    """Somebody must stay who can add people and change rights."""
    left = rows.everyone(unit.session)
    if not any(who.role is Role.ADMINISTRATOR and who.active and who.has_pin for who in left):
        raise Problem(Code.LAST_ADMINISTRATOR)


def _after(now: Moment, seconds: float) -> Moment:
    return replace(now, utc=now.utc + timedelta(seconds=seconds))
