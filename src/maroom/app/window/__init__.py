"""The window: rail, patient banner, page stack, state line, and the cover over all of them.

Knows the shape of a duty (`RailEntry`, a page), no duty; is told frozen states and tells by signals what is wished.

PySide puts an import of its own in the place of Python's. It reads the source of all that is imported after it, and keeps it:
23 MB and a fifth of a start, for a switch of names (`__feature__`) that nothing here uses. So Python's own is put back.
"""

import builtins
from importlib import import_module

_import = builtins.__import__
import_module("PySide6.QtCore")
builtins.__import__ = _import
