"""A private PostgreSQL, ZooKeeper, Kafka and Connect on free ports, removed without a trace."""

from .deadline import wait_until
from .postgres import Postgres
from .stack import Stack

__all__ = ["Postgres", "Stack", "wait_until"]
