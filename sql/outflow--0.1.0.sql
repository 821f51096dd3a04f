-- SQL objects of the extension outflow. The output plugin itself needs none of them; snapshots do.
\echo Use "CREATE EXTENSION outflow" to load this file. \quit

CREATE FUNCTION outflow.version() RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'outflow_version';
COMMENT ON FUNCTION outflow.version() IS 'version of the loaded outflow library';

CREATE FUNCTION outflow.snapshot("row" record, options text[]) RETURNS bytea
    LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'outflow_snapshot';
COMMENT ON FUNCTION outflow.snapshot(record, text[]) IS
    'a table''s row as an event record (op r) of the relay''s chunk format';

CREATE FUNCTION outflow.preview("row" record, op text DEFAULT 'c', options text[] DEFAULT '{}')
    RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'outflow_preview';
COMMENT ON FUNCTION outflow.preview(record, text, text[]) IS
    'the Debezium value that a table''s row would become';

CREATE FUNCTION outflow.captured_tables(options text[] DEFAULT '{}',
                                        OUT table_schema text, OUT table_name text, OUT topic text)
    RETURNS SETOF record
    LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'outflow_captured_tables';
COMMENT ON FUNCTION outflow.captured_tables(text[]) IS
    'tables that the options (Debezium property names and values) select, and their topics';

CREATE FUNCTION outflow.outbox_emit(aggregate_type text, aggregate_id text, type text, payload jsonb,
                                    headers jsonb DEFAULT '{}')
    RETURNS uuid
    LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'outflow_outbox_emit_jsonb';
COMMENT ON FUNCTION outflow.outbox_emit(text, text, text, jsonb, jsonb) IS
    'an outbox event of this transaction, without a table; its id';
CREATE FUNCTION outflow.outbox_emit(aggregate_type text, aggregate_id text, type text, payload text,
                                    headers jsonb DEFAULT '{}')
    RETURNS uuid
    LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'outflow_outbox_emit_text';
COMMENT ON FUNCTION outflow.outbox_emit(text, text, text, text, jsonb) IS
    'an outbox event of this transaction, without a table; its id';
CREATE FUNCTION outflow.outbox_emit(aggregate_type text, aggregate_id text, type text, payload bytea,
                                    headers jsonb DEFAULT '{}')
    RETURNS uuid
    LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'outflow_outbox_emit_bytea';
COMMENT ON FUNCTION outflow.outbox_emit(text, text, text, bytea, jsonb) IS
    'an outbox event of this transaction, without a table; its id';

-- A snapshot reads whole tables past no one's rights, but only the relay's role needs it.
REVOKE ALL ON FUNCTION outflow.snapshot(record, text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION outflow.captured_tables(text[]) FROM PUBLIC;
-- Whoever may emit speaks for every aggregate: like INSERT on an outbox table, a right to be granted.
REVOKE ALL ON FUNCTION outflow.outbox_emit(text, text, text, jsonb, jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION outflow.outbox_emit(text, text, text, text, jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION outflow.outbox_emit(text, text, text, bytea, jsonb) FROM PUBLIC;
GRANT USAGE ON SCHEMA outflow TO PUBLIC;
