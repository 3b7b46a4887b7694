"""Guessing is slow: counts in the database, so that they hold over workers and restarts."""

import hashlib
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from flask import request
from sqlalchemy import String, delete, select
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
    now = clock.now()
    window = now.replace(second=0, microsecond=0) - timedelta(minutes=(now.hour * 60 + now.minute) % minutes)
    hashed = hashlib.sha256(key.encode()).hexdigest()
    tries = db.session.get(Tries, (bucket, hashed, window))
    if tries is None:
        tries = Tries(bucket=bucket, key=hashed, window=window, count=0)
        db.session.add(tries)
    tries.count += 1
    return tries.count > most


def forget_old_tries() -> None:
    """Remove windows of more than a day ago (called by the worker inside its own operation)."""
    db.session.execute(delete(Tries).where(Tries.window < clock.now() - timedelta(days=1)))


def tries_so_far(bucket: str, key: str) -> int:
    hashed = hashlib.sha256(key.encode()).hexdigest()
    counts = db.session.execute(select(Tries.count).where(Tries.bucket == bucket, Tries.key == hashed))
    return sum(counts.scalars())
