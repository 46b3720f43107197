"""How technicians come in: second factors, passkeys, links of one use. Their sessions lie beside them, in access."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from quarterdeck.desk.record import Record, Word, key, table


class Purpose(StrEnum):
    INVITE = "invite"
    RESET = "reset"


class Invitation(Record):
    """A link that lets somebody choose a password, once. Only the hash of its token is kept."""

    __tablename__ = "invitations"
    __table_args__ = table()
    kind = "invitation"

    id: Mapped[int] = key()
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technicians.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(Word(Purpose))
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Factor(Record):
    """The secret that a technician's authenticator shares with the desk, and the last step it was used for."""

    __tablename__ = "factors"
    __table_args__ = table()
    kind = "second factor"

    id: Mapped[int] = key()
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technicians.id"), unique=True)
    secret: Mapped[str]
    # Until the first code was right, it is not asked for.
    confirmed: Mapped[bool] = mapped_column(default=False)
    last_step: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class RecoveryCode(Record):
    __tablename__ = "recovery_codes"
    __table_args__ = table()
    kind = "recovery code"

    id: Mapped[int] = key()
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technicians.id"), index=True)
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    used_at: Mapped[datetime | None]


class Passkey(Record):
    __tablename__ = "passkeys"
    __table_args__ = table()
    kind = "passkey"

    id: Mapped[int] = key()
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technicians.id"), index=True)
    credential_id: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sign_count: Mapped[int]
    name: Mapped[str]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class Identity(Record):
    """Somebody's account at an identity provider: issuer and subject, never the mail address, say who it is."""

    __tablename__ = "identities"
    __table_args__ = table(sa.UniqueConstraint("issuer", "subject"))
    kind = "identity"

    id: Mapped[int] = key()
    technician_id: Mapped[int] = mapped_column(sa.ForeignKey("technicians.id"), index=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    created_at: Mapped[datetime]


class Challenge(Record):
    """Something that was asked of a browser and is to come back once: a passkey's challenge, a provider's state."""

    __tablename__ = "challenges"
    __table_args__ = table()
    kind = "challenge"

    id: Mapped[int] = key()
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    # Whoever asked has only so many at a time: a technician, or an address.
    asker: Mapped[str] = mapped_column(sa.String(80), index=True)
    said: Mapped[str]
    ends_at: Mapped[datetime] = mapped_column(index=True)


class Attempt(Record):
    """A sign-in that failed: those who guess are slowed down. The name is kept as a hash, since people type passwords
    into the wrong box."""

    __tablename__ = "attempts"
    __table_args__ = table(
        sa.Index("ix_attempts_by_name", "email_key", "at"), sa.Index("ix_attempts_by_address", "address", "at")
    )
    kind = "attempt"

    id: Mapped[int] = key()
    email_key: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]
