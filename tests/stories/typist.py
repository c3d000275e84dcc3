"""Signs in, opens somebody's vital signs and types; then is cut off as by a power cut, or looks at what came back.

`python -m tests.stories.typist FOLDER SECRET type|look`
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLineEdit

from maroom.app.window.driver import WindowDriver
from maroom.app.window.program import Program
from maroom.duties.signin import tour as signin

TYPED = {"bp.systolic": "142", "bp.diastolic": "88", "pulse": "72"}
WHO = "Okafor-Reyes"


def main(folder: Path, secret: str, task: str) -> None:
    app = QApplication([])
    program = Program(app, folder, secret, QSize(1280, 800))
    driver = WindowDriver(program, folder)
    program.show()
    driver.enter()
    signin.LEG.drive(driver)
    if task == "type":
        _type(driver)
        os.kill(os.getpid(), signal.SIGKILL)
    _look(program)
    program.window.close()


def _type(driver: WindowDriver) -> None:
    rows = driver.kit.visits.today(driver.opening).visits
    driver.kit.navigate("vitals", next(row.visit for row in rows if row.name.family == WHO))
    for name, text in TYPED.items():
        driver.type(name, text)
    author = driver.opening.author.staff
    driver.wait_for(lambda: driver.kit.drafts.counts().get(author) == 1, "nothing was kept within the tick")


def _look(program: Program) -> None:
    fields = {name: program.window.findChild(QLineEdit, name) for name in TYPED}
    told = {
        "page": program.window.page(),
        "typed": {name: field.text() if field else None for name, field in fields.items()},
        "has_focus": getattr(QApplication.focusWidget(), "objectName", str)(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
