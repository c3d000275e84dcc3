"""How a run goes, how it ended, and how the server is spoken to."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from maroom.core.clock import Moment
from maroom.core.words import QT_TRANSLATE_NOOP
from maroom.duties.syncing.presenter.progress import Step
from maroom.duties.syncing.presenter.state import State, Under
from maroom.duties.syncing.view.words.records import time, tr, translate
from maroom.fhir.clock import is_off
from maroom.store.outbox import State as Stands
from maroom.sync.account import Account
from maroom.sync.phase import Ended, Phase, Which
from maroom.sync.push.modes import Mode, Reason

_NOW = {
    Phase.CONNECTING: QT_TRANSLATE_NOOP("Sync", "Asking the server"),
    Phase.SENDING: QT_TRANSLATE_NOOP("Sync", "Sending"),
    Phase.RECEIVING: QT_TRANSLATE_NOOP("Sync", "Receiving"),
    Phase.MERGED: QT_TRANSLATE_NOOP("Sync", "Sending what was merged"),
    Phase.WAITING: QT_TRANSLATE_NOOP("Sync", "Waiting for the server"),
}
_STEPS = {
    Phase.CONNECTING: QT_TRANSLATE_NOOP("Sync", "Ask"),
    Phase.SENDING: QT_TRANSLATE_NOOP("Sync", "Send"),
    Phase.RECEIVING: QT_TRANSLATE_NOOP("Sync", "Receive"),
    Phase.MERGED: QT_TRANSLATE_NOOP("Sync", "Send merged"),
    Phase.WAITING: QT_TRANSLATE_NOOP("Sync", "Wait"),
}
_ENDED = {
    Ended.STOPPED: QT_TRANSLATE_NOOP("Sync", "Stopped. What was not sent yet is kept here."),
    Ended.NOT_REACHED: QT_TRANSLATE_NOOP("Sync", "The server cannot be reached. Everything is kept here."),
    Ended.PORTAL: QT_TRANSLATE_NOOP(
        "Sync", "Something else answers in the server's place, such as the sign-in page of a network. Everything is kept here."
    ),
    Ended.PAUSED: QT_TRANSLATE_NOOP("Sync", "The server asked for some time. What waits is kept here; try again later."),
    Ended.SIGN_IN: QT_TRANSLATE_NOOP("Sync", "The server wants somebody to sign in. Everything is kept here."),
    Ended.NO_FHIR: QT_TRANSLATE_NOOP("Sync", "What answers at this address is no FHIR server. Everything is kept here."),
    Ended.OTHER_SERVER: QT_TRANSLATE_NOOP(
        "Sync", "Another server than that of this store answers there. Nothing was sent, and nothing is removed here."
    ),
}
_SET_BACK = {
    Which.STORE: QT_TRANSLATE_NOOP(
        "Sync", "This station's store was put back to an earlier copy: what it sent since then was looked for first."
    ),
    Which.SERVER: QT_TRANSLATE_NOOP("Sync", "The server was put back to an earlier copy: what it lost of ours is made again."),
}
_MODES = {
    Mode.P: QT_TRANSLATE_NOOP("Sync", "sends whole visits, under our own numbers"),
    Mode.C: QT_TRANSLATE_NOOP("Sync", "sends whole visits, each record once by its number"),
    Mode.S: QT_TRANSLATE_NOOP("Sync", "sends record by record, and looks for each first"),
    Mode.F: QT_TRANSLATE_NOOP("Sync", "sends record by record, and looks for each by what it says"),
}
_REASONS = {
    Reason.CHOSEN: QT_TRANSLATE_NOOP("Sync", "as chosen in the settings"),
    Reason.NO_TRANSACTION: QT_TRANSLATE_NOOP("Sync", "it takes one record at a time"),
    Reason.NO_OWN_IDS: QT_TRANSLATE_NOOP("Sync", "it gives its own numbers"),
    Reason.NO_CONDITION: QT_TRANSLATE_NOOP("Sync", "it does not look for doubles itself"),
    Reason.NO_IDENTIFIER: QT_TRANSLATE_NOOP("Sync", "it does not keep our numbers"),
    Reason.NO_SEARCH: QT_TRANSLATE_NOOP("Sync", "it cannot be searched"),
}
_LEFT = {
    Stands.QUARANTINED: QT_TRANSLATE_NOOP("Sync", "{number} refused"),
    Stands.CONFLICT: QT_TRANSLATE_NOOP("Sync", "{number} with two versions"),
    Stands.TO_LINK: QT_TRANSLATE_NOOP("Sync", "{number} to be matched"),
    Stands.BY_HAND: QT_TRANSLATE_NOOP("Sync", "{number} to be changed by hand"),
}
_ON_THE_WAY = (Stands.QUEUED, Stands.SENDING, Stands.HELD, Stands.BLOCKED)


def heading(under: Under) -> str:
    """`Sending 4 of 6`."""
    words, going = tr(_NOW[under.going.phase]), under.going
    if going.phase is Phase.WAITING or not going.of:
        return words
    return translate("Sync", "{what} {done} of {of}").format(what=words, done=going.done, of=going.of)


def left(under: Under) -> str:
    if under.going.stopping:
        return translate("Sync", "stops after this record")
    if under.left is None:
        return translate("Sync", "you can go on working")
    return translate("Sync", "about {seconds} s left; you can go on working").format(seconds=under.left)


def step(one: Step) -> tuple[str, str]:
    """The word of a step, and its count."""
    counted = one.of and one.phase is not Phase.WAITING
    return tr(_STEPS[one.phase]), translate("Sync", "{done} of {of}").format(done=one.done, of=one.of) if counted else ""


def ended(account: Account) -> str:
    """One sentence about the run that ended; of one that went through, what it did."""
    if account.ended is not Ended.NOT_YET:
        return tr(_ENDED.get(account.ended, _ENDED[Ended.PAUSED]))
    parts = (
        (translate("Sync", "{number} confirmed"), account.confirmed),
        (translate("Sync", "{number} received"), account.pulled),
        (translate("Sync", "{number} merged"), account.merged),
        (translate("Sync", "{number} made there again"), account.again + account.made_again),
    )
    did = ", ".join(words.format(number=number) for words, number in parts if number)
    done = translate("Sync", "Done: {parts}.").format(parts=did) if did else translate("Sync", "Done: nothing was new.")
    return " ".join((*(tr(_SET_BACK[Which(one)]) for one in account.set_back), done))


def waiting(state: State) -> str:
    """`6 records wait to be sent; 1 refused`."""
    counts = state.waiting.counts
    on_the_way = sum(counts.get(stands, 0) for stands in _ON_THE_WAY)
    first = translate("Sync", "{number} records wait to be sent").format(number=on_the_way)
    if on_the_way == 1:
        first = translate("Sync", "1 record waits to be sent")
    if on_the_way and state.waiting.notes:
        first = translate("Sync", "{records}, with {number} notes of who did what").format(
            records=first, number=state.waiting.notes
        )
    rest = [tr(words).format(number=counts[stands]) for stands, words in _LEFT.items() if counts.get(stands)]
    if not on_the_way:
        first = "" if rest else translate("Sync", "Nothing waits to be sent")
    return "; ".join(part for part in (first, ", ".join(rest)) if part)


def past(state: State, zone: ZoneInfo) -> str:
    """`last whole run 8:05 by Dana Reyes`."""
    whole = state.past.whole
    if whole is None or whole.ended is None:
        return translate("Sync", "no whole run yet")
    at, by = time(Moment(whole.ended), zone, state.now), str(whole.report.get("by", ""))
    if by:
        return translate("Sync", "last whole run {time} by {name}").format(time=at, name=by)
    return translate("Sync", "last whole run {time}").format(time=at)


def mode(state: State) -> str:
    """How the server is written to, and why not better; empty before it was asked."""
    report = state.past.last.report if state.past.last else {}
    if not report.get("mode"):
        report = state.past.whole.report if state.past.whole else {}
    if not report.get("mode"):
        return ""
    why = [tr(_REASONS[Reason(one)]) for one in report.get("why", ()) if one in set(Reason)]
    words = tr(_MODES[Mode(report["mode"])])
    return translate("Sync", "{how} ({why})").format(how=words, why=", ".join(why)) if why else words


def away(state: State, zone: ZoneInfo) -> str:
    since = state.past.away_since
    return translate("Sync", "server away since {time}").format(time=time(Moment(since), zone, state.now)) if since else ""


def no_answer(state: State, zone: ZoneInfo) -> str:
    since = state.past.away_since
    if since is None:
        return ""
    at = time(Moment(since), zone, state.now)
    return translate("Sync", "No answer from the server since {time}. Everything is kept here.").format(time=at)


def offset(state: State) -> str:
    """A warning where the two clocks are too far apart."""
    found = state.past.last.offset if state.past.last else None
    if found is None or not is_off(found):
        return ""
    hours, minutes = divmod(round(abs(found) / timedelta(minutes=1)), 60)
    by = translate("Sync", "{hours} h {minutes} min") if hours else translate("Sync", "{minutes} min")
    words = (
        translate("Sync", "The server's clock is {by} ahead of this station's. Have both looked at.")
        if found > timedelta()
        else translate("Sync", "The server's clock is {by} behind this station's. Have both looked at.")
    )
    return words.format(by=by.format(hours=hours, minutes=minutes))
