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

CREATE FUNCTION outflow.routed_topic(topic text, options text[]) RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'outflow_routed_topic';
COMMENT ON FUNCTION outflow.routed_topic(text, text[]) IS
    'where the options'' transforms send the records of a topic';
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

-- Debezium's standard outbox table. Runs with the rights of its caller, who becomes the owner.
CREATE FUNCTION outflow.create_outbox(schema name, table_name name DEFAULT 'outbox',
                                      keep text DEFAULT 'rows', writer name DEFAULT NULL,
                                      reader name DEFAULT NULL, publication name DEFAULT NULL)
    RETURNS regclass
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    outbox text := format('%I.%I', schema, table_name);
    part text := format('%I.%I', schema, left(table_name, 50) || '_g1');
    forget text := format('%I.%I', schema, left(table_name, 50) || '_forget');
    in_generations boolean := keep = 'generations';
BEGIN
    IF keep IS NULL OR keep NOT IN ('rows', 'nothing', 'generations') THEN
        RAISE EXCEPTION 'invalid value "%" for keep', keep
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Expected rows, nothing or generations.';
    END IF;
    IF to_regnamespace(quote_ident(schema)) IS NULL THEN
        EXECUTE format('CREATE SCHEMA %I', schema);
    END IF;
    EXECUTE format('CREATE TABLE %s (id uuid NOT NULL DEFAULT gen_random_uuid(), '
        'aggregatetype varchar(255) NOT NULL, aggregateid varchar(255) NOT NULL, '
        'type varchar(255) NOT NULL, payload jsonb%s', outbox,
        CASE WHEN in_generations
            THEN ', generation int NOT NULL DEFAULT 1, PRIMARY KEY (generation, id)) '
                'PARTITION BY LIST (generation)'
            ELSE ', PRIMARY KEY (id)) WITH (autovacuum_vacuum_scale_factor = 0, '
                'autovacuum_vacuum_threshold = 5000)' END);
    IF in_generations THEN
        EXECUTE format('CREATE TABLE %s PARTITION OF %s FOR VALUES IN (1)', part, outbox);
    ELSIF keep = 'nothing' THEN
        -- Of the table's owner, so that a writer needs no right but INSERT. The statistics of a
        -- table that is always empty would make the planner read all dead rows.
        EXECUTE format('CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER '
            'SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS '
            '$$BEGIN DELETE FROM %s WHERE id = NEW.id; RETURN NULL; END$$', forget, outbox);
        EXECUTE format('REVOKE ALL ON FUNCTION %s() FROM PUBLIC', forget);
        EXECUTE format('CREATE TRIGGER forget AFTER INSERT ON %s FOR EACH ROW '
            'EXECUTE FUNCTION %s()', outbox, forget);
    END IF;
    IF writer IS NOT NULL THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', schema, writer);
        EXECUTE format('GRANT INSERT ON %s TO %I', outbox, writer);
    END IF;
    IF reader IS NOT NULL THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', schema, reader);
        EXECUTE format('GRANT SELECT ON %s TO %I', outbox, reader);
        IF in_generations THEN
            EXECUTE format('GRANT SELECT ON %s TO %I', part, reader);
        END IF;
    END IF;
    IF publication IS NOT NULL THEN
        IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = publication) THEN
            EXECUTE format('CREATE PUBLICATION %I FOR TABLE %s WITH (publish = ''insert'')',
                           publication, outbox);
        ELSIF EXISTS (SELECT FROM pg_publication WHERE pubname = publication
                      AND NOT puballtables) THEN
            EXECUTE format('ALTER PUBLICATION %I ADD TABLE %s', publication, outbox);
        END IF;
    END IF;
    RETURN outbox::regclass;
END
$function$;
COMMENT ON FUNCTION outflow.create_outbox(name, name, text, name, name, name) IS
    'makes an outbox table that keeps its rows, nothing, or generations of them';

-- Its locks wait for the transactions that write to the table: set lock_timeout.
CREATE FUNCTION outflow.rotate_outbox(outbox regclass, keep int DEFAULT 1) RETURNS int
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    newest int;
    generation record;
    schema name;
    table_name name;
    part text;
    reader regrole;
    dropped int := 0;
BEGIN
    IF keep IS NULL OR keep < 0 THEN
        RAISE EXCEPTION 'invalid value % for keep', keep
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'It is the number of earlier generations that stay.';
    END IF;
    SELECT n.nspname, c.relname INTO schema, table_name
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = outbox AND c.relkind = 'p' AND EXISTS (
            SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'generation');
    IF NOT FOUND THEN
        RAISE EXCEPTION '% is no outbox in generations', outbox
            USING ERRCODE = 'wrong_object_type',
                  HINT = 'outflow.create_outbox makes one with keep => ''generations''.';
    END IF;
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', outbox);
    FOR generation IN
        SELECT c.oid::regclass AS part, c.relacl, c.relowner,
            substring(pg_get_expr(c.relpartbound, c.oid) FROM '^FOR VALUES IN \((\d+)\)$')::int
                AS number
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = outbox ORDER BY number DESC NULLS LAST
    LOOP
        CONTINUE WHEN generation.number IS NULL;
        IF newest IS NULL THEN
            newest := generation.number;
            part := format('%I.%I', schema, left(table_name, 50) || '_g' || newest + 1);
            EXECUTE format('CREATE TABLE %s PARTITION OF %s FOR VALUES IN (%s)', part, outbox,
                           newest + 1);
            FOR reader IN
                SELECT grantee FROM aclexplode(generation.relacl)
                WHERE privilege_type = 'SELECT' AND grantee NOT IN (0, generation.relowner)
            LOOP
                EXECUTE format('GRANT SELECT ON %s TO %s', part, reader);
            END LOOP;
            EXECUTE format('ALTER TABLE %s ALTER COLUMN generation SET DEFAULT %s', outbox,
                           newest + 1);
        END IF;
        IF generation.number <= newest - keep THEN
            EXECUTE format('DROP TABLE %s', generation.part);
            dropped := dropped + 1;
        END IF;
    END LOOP;
    RETURN dropped;
END
$function$;
COMMENT ON FUNCTION outflow.rotate_outbox(regclass, int) IS
    'begins a new generation of an outbox and drops the old ones; how many it dropped';

-- A snapshot reads whole tables past no one's rights, but only the relay's role needs it.
REVOKE ALL ON FUNCTION outflow.snapshot(record, text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION outflow.captured_tables(text[]) FROM PUBLIC;
-- Whoever may emit speaks for every aggregate: like INSERT on an outbox table, a right to be granted.
REVOKE ALL ON FUNCTION outflow.outbox_emit(text, text, text, jsonb, jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION outflow.outbox_emit(text, text, text, text, jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION outflow.outbox_emit(text, text, text, bytea, jsonb) FROM PUBLIC;
GRANT USAGE ON SCHEMA outflow TO PUBLIC;
