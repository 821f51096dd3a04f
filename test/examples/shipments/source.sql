-- For outflow.outbox_emit.
CREATE EXTENSION IF NOT EXISTS outflow;

-- The carrier's own table: where each shipment is. It is not published; its scans are, as events
-- that are stored nowhere.
CREATE TABLE shipments (
    id text PRIMARY KEY,
    status text NOT NULL,
    place text NOT NULL,
    scans integer NOT NULL DEFAULT 1
);

-- An event of this transaction. Its headers let a consumer put the transaction together: which one
-- it is, and the event's number in it. A rollback to a savepoint takes the number back as well.
CREATE FUNCTION tell(aggregate_type text, aggregate_id text, type text, payload jsonb)
    RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    told text := current_setting('shipments.told', true);
    number integer := coalesce(nullif(told, ''), '0')::integer + 1;
BEGIN
    PERFORM set_config('shipments.told', number::text, true);
    PERFORM outflow.outbox_emit(
        aggregate_type, aggregate_id, type, payload,
        jsonb_build_object('transaction', pg_current_xact_id()::text, 'order', number));
END $$;

-- A scan changes the table and tells the world: both or neither.
CREATE FUNCTION scan(shipment text, new_status text, new_place text) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    scanned shipments;
BEGIN
    INSERT INTO shipments AS s (id, status, place) VALUES (shipment, new_status, new_place)
    ON CONFLICT (id) DO UPDATE
        SET status = excluded.status, place = excluded.place, scans = s.scans + 1
    RETURNING * INTO scanned;
    PERFORM tell('shipment', shipment, new_status,
                 jsonb_build_object('scan', scanned.scans, 'status', scanned.status,
                                    'place', scanned.place));
END $$;
