"""Certificates that a test makes: an authority, and what it or nobody vouches for."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = "127.0.0.1"


@dataclass(frozen=True)
class Made:
    """`both` holds certificate and key."""

    certificate: Path
    key: Path
    both: Path

    def server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


class Authority:
    """One that signs in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Clinic CA")])
        self.file = folder / "ca.pem"
        made = _certificate(self._name, self._name, self._key.public_key(), None).sign(self._key, hashes.SHA256())
        self.file.write_bytes(made.public_bytes(serialization.Encoding.PEM))

    def signs(self, name: str, host: str = HERE, password: bytes | None = None) -> Made:
        return self._made(name, host, own=False, password=password)

    def signs_not(self, name: str, host: str = HERE) -> Made:
        """Vouches for itself."""
        return self._made(name, host, own=True)

    def _made(self, name: str, host: str, own: bool, password: bytes | None = None) -> Made:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        unsigned = _certificate(subject, subject if own else self._name, key.public_key(), host)
        certificate = unsigned.sign(key if own else self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        lock = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
        secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
        made = Made(*(self._folder / f"{name}{end}" for end in (".crt", ".key", ".pem")))
        for path, body in ((made.certificate, certificate), (made.key, secret), (made.both, certificate + secret)):
            path.write_bytes(body)
        return made


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, host: str | None
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject).issuer_name(issuer).public_key(key).serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
    )  # fmt: skip
    if host is None:
        return made
    try:
        name: x509.GeneralName = x509.IPAddress(ip_address(host))
    except ValueError:
        name = x509.DNSName(host)
    return made.add_extension(x509.SubjectAlternativeName([name]), critical=False)
