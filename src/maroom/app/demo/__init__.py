"""An invented clinic, made from a seed: the same seed on the same day is the same clinic, down to every id.

It speaks FHIR and comes in by the import, so that what a demo shows is what a real clinic's data would show. Nobody in it
exists. Not for tests of single packages: those make the two or three records that they need.
"""

from maroom.app.demo.charted import chart
from maroom.app.demo.filling import fill, renew
from maroom.app.demo.invented import settings as clinic

PIN = "1234"
"""of everybody who works there; no secret, as there is nobody to keep it from"""

SEED = 1
"""of the clinic that is made where nobody asks for another"""

PASSPHRASE = "demo"  # noqa: S105 - as the PIN: no secret
"""the recovery passphrase where none is given"""

__all__ = ["PASSPHRASE", "PIN", "SEED", "chart", "clinic", "fill", "renew"]
