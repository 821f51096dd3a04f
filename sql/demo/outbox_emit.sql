-- Tells each change of a table as an event that is stored nowhere: a logical message in the WAL,
-- which is delivered when the change is committed, and only then.
CREATE OR REPLACE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
BEGIN
    PERFORM outflow.outbox_emit(
        'payment', changed ->> 'id', lower(TG_OP),
        jsonb_build_object('type', lower(TG_OP), 'at', clock_timestamp(), 'row', changed));
    RETURN NULL;
END $$;
