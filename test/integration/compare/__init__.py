"""Outflow beside the real Debezium connector: the same database, byte for byte."""
