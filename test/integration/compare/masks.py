"""What may differ between two readers of the same WAL; everything else must not."""

import re

# The connector's own clock, when it built the record.
_ENVELOPE_TIMES = re.compile(
    rb'("op":"[crudt]","ts_ms":)\d+(,"ts_us":)\d+(,"ts_ns":)\d+(\}+)$'
)
_MESSAGE_TIME = re.compile(rb'("op":"m","ts_ms":)\d+(,"source":\{)')
# Each connector has a snapshot of its own.
_SNAPSHOT_SOURCE = re.compile(
    rb'("source":\{"version":"[^"]*","connector":"postgresql","name":"[^"]*","ts_ms":)\d+'
    rb'(,"snapshot":"[a-z_]+","db":"[^"]*","sequence":)"(?:[^"\\]|\\.)*"'
    rb'(,"ts_us":)\d+(,"ts_ns":)\d+'
    rb'(,"schema":"(?:[^"\\]|\\.)*","table":"(?:[^"\\]|\\.)*","txId":)\d+'
    rb'(,"lsn":)\d+'
)


def mask_value(value: bytes | None) -> bytes | None:
    if value is None:
        return None
    value = _ENVELOPE_TIMES.sub(rb"\g<1>0\g<2>0\g<3>0\g<4>", value)
    value = _MESSAGE_TIME.sub(rb"\g<1>0\g<2>", value)
    if b'"op":"r"' in value:
        value = _SNAPSHOT_SOURCE.sub(rb'\g<1>0\g<2>""\g<3>0\g<4>0\g<5>0\g<6>0', value)
    return value


def mask_headers(headers: tuple[tuple[str, bytes], ...]) -> list[tuple[str, bytes]]:
    return [
        (name, b"(run)" if name == "__debezium.context.runId" else text) for name, text in headers
    ]
