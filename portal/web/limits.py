"""Guessing is slow: counts in the database, so that they hold over workers and restarts."""

import hashlib
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from flask import request
from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, db
from portal.web import clock


class Tries(Base):
    """How often somebody tried something in one window of time."""

    __tablename__ = "tries"

    bucket: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int]


def client() -> str:
    """The address a request comes from; IPv6 by its /64, since a home has all of that."""
    address = ip_address(request.remote_addr or "0.0.0.0")
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)


def too_many(bucket: str, key: str, most: int, minutes: int) -> bool:
    """Count one more try and tell whether it is over ``most`` in the running window of ``minutes``.

    Belongs inside an operation: the count is kept by its commit. Keys are hashed: no address is stored.
    """
    place = _place(bucket, key, minutes)
    tries = db.session.get(Tries, place)
    if tries is None:
        tries = Tries(bucket=bucket, key=place[1], window=place[2], count=0)
        db.session.add(tries)
    tries.count += 1
    return tries.count > most


def is_over(bucket: str, key: str, most: int, minutes: int) -> bool:
    """Whether ``most`` were counted in the running window already; counts nothing (for where only wrong tries count)."""
    tries = db.session.get(Tries, _place(bucket, key, minutes))
    return tries is not None and tries.count >= most


def _place(bucket: str, key: str, minutes: int) -> tuple[str, str, datetime]:
    now = clock.now()
    window = now.replace(second=0, microsecond=0) - timedelta(minutes=(now.hour * 60 + now.minute) % minutes)
    return bucket, hashlib.sha256(key.encode()).hexdigest(), window


def forget_old_tries() -> None:
    """Remove windows of more than a day ago (called by the worker inside its own operation)."""
    db.session.execute(delete(Tries).where(Tries.window < clock.now() - timedelta(days=1)))
