"""The world's faults: each a code with facts, a sentence that says what happened, and the next step.

For what went wrong around the program (disk, key, network, another window). A wrong value is a Finding; anything else is a bug.
Facts never hold patient data, so that a Problem may be logged.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from maroom.core.words import QT_TRANSLATE_NOOP


class Code(StrEnum):
    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    BUSY = "busy"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOT_ALLOWED = "not_allowed"
    WRONG_KEY = "wrong_key"
    NO_KEY = "no_key"
    NOT_A_STORE = "not_a_store"
    DAMAGED = "damaged"
    NEWER = "newer"
    IN_USE = "in_use"
    SYNC_RUNNING = "sync_running"
    NO_SERVER = "no_server"
    BAD_SERVER = "bad_server"
    OTHER_SERVER = "other_server"
    NO_EXPORT_KEY = "no_export_key"
    NOT_WRITTEN = "not_written"
    NOT_READ = "not_read"
    NO_SECRET_KEY = "no_secret_key"  # noqa: S105 - a code
    NOT_CARRIED = "not_carried"
    CARRIED_FOR_ANOTHER = "carried_for_another"
    CARRIED_IN_PART = "carried_in_part"
    CARRIED_NEWER = "carried_newer"
    NO_STORE = "no_store"
    NO_ACCESS = "no_access"
    UPGRADE_FAILED = "upgrade_failed"
    BAD_FILE = "bad_file"
    NOT_DEMO = "not_demo"
    PASSPHRASE_NEEDED = "passphrase_needed"  # noqa: S105 - a code
    WRONG_PASSPHRASE = "wrong_passphrase"  # noqa: S105 - a code
    NO_KEY_STORE = "no_key_store"
    LAST_ADMINISTRATOR = "last_administrator"
    ROOM_TAKEN = "room_taken"
    MOVE_NOT_POSSIBLE = "move_not_possible"
    ROOM_NOT_READY = "room_not_ready"
    READING_USED = "reading_used"


@dataclass(frozen=True)
class Sentence:
    """What happened, with what was kept, and the one thing to do next. `{name}` stands for a fact."""

    what: str
    step: str


SENTENCES: dict[Code, Sentence] = {
    Code.DISK_FULL: Sentence(
        QT_TRANSLATE_NOOP("Problem", "The disk is full, so this could not be saved. What you typed is still on the page."),
        QT_TRANSLATE_NOOP("Problem", "Free some space, then save again."),
    ),
    Code.READ_ONLY: Sentence(
        QT_TRANSLATE_NOOP("Problem", "The store may only be read here, so nothing can be saved. Nothing was changed."),
        QT_TRANSLATE_NOOP("Problem", "Ask for write permission to the data folder, then try again."),
    ),
    Code.BUSY: Sentence(
        QT_TRANSLATE_NOOP(
            "Problem", "The store was busy for too long. Nothing was saved, what you typed is still on the page."
        ),
        QT_TRANSLATE_NOOP("Problem", "Try again."),
    ),
    Code.CHANGED_MEANWHILE: Sentence(
        QT_TRANSLATE_NOOP(
            "Problem", "Somebody else changed this record in the meantime. Your change was not saved and is still on the page."
        ),
        QT_TRANSLATE_NOOP("Problem", "Look at the new version, then save again."),
    ),
    Code.NOT_ALLOWED: Sentence(
        QT_TRANSLATE_NOOP("Problem", "{name} has no right to do this. Nothing was changed."),
        QT_TRANSLATE_NOOP("Problem", "Ask a lead or an administrator."),
    ),
    Code.WRONG_KEY: Sentence(
        QT_TRANSLATE_NOOP("Problem", "The key found for this store does not open it. The store was not touched."),
        QT_TRANSLATE_NOOP("Problem", "Give the recovery passphrase, or put back the key.json that belongs to this store."),
    ),
    Code.NO_KEY: Sentence(
        QT_TRANSLATE_NOOP(
            "Problem", "The file key.json is missing or cannot be read, so the store stays closed. It was not touched."
        ),
        QT_TRANSLATE_NOOP("Problem", "Put back key.json from the backup of this data folder."),
    ),
    Code.NOT_A_STORE: Sentence(
        QT_TRANSLATE_NOOP("Problem", "The file store.db is not a store of this program. It was not touched."),
        QT_TRANSLATE_NOOP("Problem", "Check the data folder, or restore from a backup."),
    ),
    Code.DAMAGED: Sentence(
        QT_TRANSLATE_NOOP("Problem", "A part of the store cannot be read ({place}). It was not touched."),
        QT_TRANSLATE_NOOP("Problem", "Keep a copy of the data folder and restore the last backup."),
    ),
    Code.NEWER: Sentence(
        QT_TRANSLATE_NOOP("Problem", "This store was made by a newer version of the program ({found}). It was not touched."),
        QT_TRANSLATE_NOOP("Problem", "Install the newer version on this station."),
    ),
    Code.IN_USE: Sentence(
        QT_TRANSLATE_NOOP("Problem", "The store is in use by {holder}. Nothing was changed."),
        QT_TRANSLATE_NOOP("Problem", "Close that one, then try again."),
    ),
    Code.SYNC_RUNNING: Sentence(
        QT_TRANSLATE_NOOP("Problem", "A sync of this store is under way, by {holder}. Nothing was sent a second time."),
        QT_TRANSLATE_NOOP("Problem", "Wait until it has ended."),
    ),
    Code.NO_SERVER: Sentence(
        QT_TRANSLATE_NOOP("Problem", "No server is set, so nothing was sent. Everything is kept here."),
        QT_TRANSLATE_NOOP("Problem", "Give its address with --server."),
    ),
    Code.BAD_SERVER: Sentence(
        QT_TRANSLATE_NOOP("Problem", "The server cannot be asked as it is set ({why}). Nothing was sent, all is kept here."),
        QT_TRANSLATE_NOOP("Problem", "Look at its address, and at the files that settings.toml names."),
    ),
    Code.OTHER_SERVER: Sentence(
        QT_TRANSLATE_NOOP(
            "Problem",
            "Another server answers at {address}: the records that this store knows are not there. "
            "Nothing was sent or received, and nothing was changed here.",
        ),
        QT_TRANSLATE_NOOP(
            "Problem", "Put back the address of the clinic's server. Another server needs a data folder of its own."
        ),
    ),
    Code.NO_EXPORT_KEY: Sentence(
        QT_TRANSLATE_NOOP("Problem", "No key is set that records could be sealed for, so none left this station."),
        QT_TRANSLATE_NOOP("Problem", "Set the clinic's public key under Settings, Server, or give one with --to."),
    ),
    Code.NOT_WRITTEN: Sentence(
        QT_TRANSLATE_NOOP("Problem", "{file} could not be written ({why}). Everything is kept here, and still waits."),
        QT_TRANSLATE_NOOP("Problem", "Give another place, then try again."),
    ),
    Code.NOT_READ: Sentence(
        QT_TRANSLATE_NOOP("Problem", "{file} could not be read ({why}). Nothing was sent."),
        QT_TRANSLATE_NOOP("Problem", "Look for the file, then try again."),
    ),
    Code.NO_SECRET_KEY: Sentence(
        QT_TRANSLATE_NOOP("Problem", "What was given as the key is no secret key of age. Nothing was opened."),
        QT_TRANSLATE_NOOP("Problem", "Give the key file that was made with the clinic's public key (AGE-SECRET-KEY-...)."),
    ),
    Code.NOT_CARRIED: Sentence(
        QT_TRANSLATE_NOOP("Problem", "This file was not made by: maroom export. Nothing of it was sent."),
        QT_TRANSLATE_NOOP("Problem", "Look for the right file on the stick."),
    ),
    Code.CARRIED_FOR_ANOTHER: Sentence(
        QT_TRANSLATE_NOOP("Problem", "The file is sealed for another key than this one. Nothing of it was sent."),
        QT_TRANSLATE_NOOP("Problem", "Give the secret key of the clinic that the file comes from."),
    ),
    Code.CARRIED_IN_PART: Sentence(
        QT_TRANSLATE_NOOP("Problem", "The file is not whole, or was changed on its way. Nothing of it was sent."),
        QT_TRANSLATE_NOOP("Problem", "Copy it from the station again; what was in it still waits there."),
    ),
    Code.CARRIED_NEWER: Sentence(
        QT_TRANSLATE_NOOP("Problem", "The file was made by a newer version of the program. Nothing of it was sent."),
        QT_TRANSLATE_NOOP("Problem", "Install the newer version on this machine, then try again."),
    ),
    Code.NO_STORE: Sentence(
        QT_TRANSLATE_NOOP("Problem", "There is no store in {folder} yet."),
        QT_TRANSLATE_NOOP("Problem", "Start the program there to make a new clinic, or run: maroom demo"),
    ),
    Code.NO_ACCESS: Sentence(
        QT_TRANSLATE_NOOP(
            "Problem", "The data folder {folder} cannot be read or written by this account. Nothing was changed."
        ),
        QT_TRANSLATE_NOOP("Problem", "Use the clinic's account of this machine, or ask for permission to the folder."),
    ),
    Code.UPGRADE_FAILED: Sentence(
        QT_TRANSLATE_NOOP(
            "Problem", "Bringing the store up to date did not finish. The store is as it was, a copy is in {backup}."
        ),
        QT_TRANSLATE_NOOP("Problem", "Start again; if it stays so, use the version before and report it."),
    ),
    Code.BAD_FILE: Sentence(
        QT_TRANSLATE_NOOP("Problem", "{file} cannot be read: {why}. Nothing of it was kept."),
        QT_TRANSLATE_NOOP("Problem", "Ask for the file anew, then import it again."),
    ),
    Code.NOT_DEMO: Sentence(
        QT_TRANSLATE_NOOP(
            "Problem", "This store holds a real clinic, and invented data may not be mixed into it. Nothing was changed."
        ),
        QT_TRANSLATE_NOOP("Problem", "Give another folder with --home."),
    ),
    Code.PASSPHRASE_NEEDED: Sentence(
        QT_TRANSLATE_NOOP(
            "Problem", "This account has no entry in the key store of the system ({why}), so the store stays closed."
        ),
        QT_TRANSLATE_NOOP("Problem", "Give the recovery passphrase with --passphrase-file."),
    ),
    Code.NO_KEY_STORE: Sentence(
        QT_TRANSLATE_NOOP("Problem", "The key store of the system keeps no key of this station ({why}), so none was made."),
        QT_TRANSLATE_NOOP("Problem", "Unlock the key store of this account, or choose another way to sign in to the server."),
    ),
    Code.WRONG_PASSPHRASE: Sentence(
        QT_TRANSLATE_NOOP("Problem", "The recovery passphrase does not fit this store. It was not touched."),
        QT_TRANSLATE_NOOP("Problem", "Check the passphrase and try again."),
    ),
    Code.LAST_ADMINISTRATOR: Sentence(
        QT_TRANSLATE_NOOP("Problem", "This is the last administrator who can sign in. Nothing was changed."),
        QT_TRANSLATE_NOOP("Problem", "Make somebody else an administrator first."),
    ),
    Code.ROOM_TAKEN: Sentence(
        QT_TRANSLATE_NOOP("Problem", "Room {room} is taken. Nobody was moved."),
        QT_TRANSLATE_NOOP("Problem", "Choose another room."),
    ),
    Code.MOVE_NOT_POSSIBLE: Sentence(
        QT_TRANSLATE_NOOP("Problem", "This visit has moved on in the meantime. Nothing was changed."),
        QT_TRANSLATE_NOOP("Problem", "Look at the board and choose the next step there."),
    ),
    Code.ROOM_NOT_READY: Sentence(
        QT_TRANSLATE_NOOP("Problem", "Room {room} is not ready yet: {missing}. Nothing was changed."),
        QT_TRANSLATE_NOOP("Problem", "Finish what is missing, or say why it may be used as it is."),
    ),
    Code.READING_USED: Sentence(
        QT_TRANSLATE_NOOP("Problem", "A reading of an instrument on this page was saved before, so nothing was saved now."),
        QT_TRANSLATE_NOOP("Problem", "Measure again, or type the value if it is this patient's."),
    ),
}


class Problem(Exception):
    """A fault of the world. `code` picks the sentence, `facts` fill it; never patient data."""

    def __init__(self, code: Code, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def what(self) -> str:
        return SENTENCES[self.code].what.format(**self.facts)

    def step(self) -> str:
        return SENTENCES[self.code].step.format(**self.facts)

    def __str__(self) -> str:
        return f"{self.what()} {self.step()}"
