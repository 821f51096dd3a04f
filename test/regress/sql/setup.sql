\set VERBOSITY terse
\set SHOW_CONTEXT never
CREATE EXTENSION outflow;
SELECT outflow.version() = extversion AS same_version FROM pg_extension WHERE extname = 'outflow';
-- What differs from run to run becomes a letter: times, transaction ids, positions.
CREATE FUNCTION mask(event text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_replace(regexp_replace(regexp_replace(event,
        '"(ts_ms|ts_us|ts_ns|txId|lsn)":\d+', '"\1":N', 'g'),
        '"sequence":"\[(null|\\"\d+\\"),\\"\d+\\"\]"', '"sequence":"S"'),
        '"source":\{"version":"3.6.1.Final","connector":"postgresql","name":"outflow","ts_ms":N,"snapshot":"false","db":"regress","sequence":"S","ts_us":N,"ts_ns":N,"schema":"public",',
        '"source":{…,')
$$;
-- The events since the last call, masked; the slot moves on.
CREATE FUNCTION events(VARIADIC options text[] DEFAULT '{}') RETURNS SETOF text LANGUAGE sql AS $$
    SELECT mask(data) FROM pg_logical_slot_get_changes('regress', NULL, NULL, VARIADIC options)
$$;
-- What the relay would get: the number of chunks and their magic.
CREATE FUNCTION chunks(VARIADIC options text[] DEFAULT '{}') RETURNS TABLE (magic text, version int)
LANGUAGE sql AS $$
    SELECT convert_from(substr(data, 1, 4), 'UTF8'), get_byte(data, 4)
    FROM pg_logical_slot_get_binary_changes('regress', NULL, NULL,
        VARIADIC ARRAY['format', 'chunks'] || options)
$$;
SELECT 'ready' FROM pg_create_logical_replication_slot('regress', 'outflow');
