"""Every setting: name, default, one line of help."""

import ipaddress
from pathlib import Path

import sqlalchemy as sa
from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from the environment, each under `QUARTERDECK_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="QUARTERDECK_", frozen=True)

    database_url: str = Field("sqlite:///quarterdeck.db", description="Where the desk is kept: SQLite or PostgreSQL.")
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8470, ge=0, le=65535, description="The port to listen on; 0 takes a free one.")
    workers: int = Field(1, ge=1, le=64, description="Server processes; more than one wants PostgreSQL.")
    threads: int = Field(8, ge=1, le=128, description="Requests a process works on at once beside short reads.")
    public_url: str | None = Field(
        None, description="The address clients use, where it is not the one they name in `Host`."
    )
    trusted_proxies: str = Field(
        "", description="Proxies, separated by commas, whose X-Forwarded headers are believed."
    )
    allow_plain_http: bool = Field(
        False, description="Listen beyond this machine without TLS; a proxy in front must add it."
    )
    body_max: int = Field(4 * 2**20, ge=1024, description="The longest request body, in bytes.")
    attachments_in: str = Field(
        "database", min_length=1, description="Where files on tickets are kept: `database`, or a folder."
    )
    attachment_max: int = Field(25 * 2**20, ge=1024, le=2**29, description="The longest file on a ticket, in bytes.")
    backups_in: str | None = Field(
        None,
        min_length=1,
        description="The folder where copies of the database go that owners make on the system page; unless it is set, "
        "`backups` beside an SQLite file, and nowhere of PostgreSQL.",
    )
    outbound_allow: str = Field(
        "",
        description="Hosts, addresses and networks, separated by commas, that files may be fetched from although "
        "they are not on the internet.",
    )
    openid_issuer: str | None = Field(
        None,
        validate_default=True,
        description="The identity provider (OpenID Connect) that technicians may sign in with; its `issuer`. "
        "Needs QUARTERDECK_PUBLIC_URL; the address to register there is that with `/sign-in/provider/answer`.",
    )
    openid_client_id: str = Field("", description="What this desk is called at the identity provider.")
    openid_client_secret: str = Field("", description="The secret that the identity provider gave for it.")
    openid_name: str = Field("your identity provider", description="What technicians call the identity provider.")
    atera_calls_per_minute: int = Field(
        700, ge=0, description="Calls per minute and key on the Atera face; 0: no limit."
    )
    syncro_calls_per_minute: int = Field(
        180, ge=0, description="Calls per minute and address on the Syncro face; 0: no limit."
    )
    syncro_names_optional: bool = Field(
        False, description="Let the Syncro face make a customer of a person or a mail address, without `business_name`."
    )
    limits_in: str = Field(
        "memory",
        pattern="^(memory|database)$",
        description="Where calls are counted: `memory` of this machine, or `database` when several machines serve.",
    )
    limits_file: str | None = Field(None, description="Set by `serve` itself when it starts several processes.")
    log_requests: bool = Field(True, description="Write one line of JSON for each request to standard error.")

    @field_validator("openid_issuer")
    @classmethod
    def reachable(cls, issuer: str | None, read: ValidationInfo) -> str | None:
        if issuer and not read.data.get("public_url"):
            raise ValueError("QUARTERDECK_PUBLIC_URL has to say where the provider sends people back to")
        return issuer or None

    @property
    def files_max(self) -> int:
        """The longest body that brings files, which may be written in base64."""
        return self.attachment_max * 4 // 3 + self.body_max

    @property
    def attachments_folder(self) -> Path | None:
        """Where files lie, when it is a folder."""
        return None if self.attachments_in == "database" else Path(self.attachments_in)

    @property
    def backups_folder(self) -> Path | None:
        """Where copies of the database go that are made on a page, where there is such a place."""
        if self.backups_in is not None:
            return Path(self.backups_in)
        return self.sqlite_file.parent / "backups" if self.sqlite_file is not None else None

    @property
    def sqlite_file(self) -> Path | None:
        """Where the database lies, when it is a file."""
        address = sa.make_url(self.database_url)
        return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
