-- Tells each change of a table as a row of Debezium's standard outbox table. The row goes at once:
-- the event is read from the WAL, and the deletion is none.
DO $$
BEGIN
    IF to_regclass('public.outbox') IS NULL THEN
        PERFORM outflow.create_outbox('public', keep => 'nothing');
    END IF;
END $$;
CREATE OR REPLACE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
BEGIN
    INSERT INTO outbox (aggregatetype, aggregateid, type, payload)
    VALUES ('payment', changed ->> 'id', lower(TG_OP),
            jsonb_build_object('type', lower(TG_OP), 'at', clock_timestamp(), 'row', changed));
    RETURN NULL;
END $$;
