\set VERBOSITY terse
\set SHOW_CONTEXT never
\pset format unaligned
-- Each row added to an outbox table is an event; its value is the payload.
CREATE TABLE outbox (id uuid PRIMARY KEY, aggregatetype varchar(255) NOT NULL, aggregateid varchar(255) NOT NULL,
                     type varchar(255) NOT NULL, payload jsonb, version int DEFAULT 3, at timestamp(3));
CREATE FUNCTION outbox_events(VARIADIC options text[] DEFAULT '{}') RETURNS TABLE (value text) LANGUAGE sql AS $$
    SELECT data FROM pg_logical_slot_peek_changes('regress', NULL, NULL, VARIADIC '{outflow.transforms,outbox}' || options)
$$;
INSERT INTO outbox VALUES
    ('00000000-0000-0000-0000-000000000001', 'order', '42', 'created', '{"b": [1, 2], "a": {"x": "y"}, "n": null}'),
    ('00000000-0000-0000-0000-000000000002', 'order', '42', 'emptied', NULL),
    ('00000000-0000-0000-0000-000000000003', 'order', '42', 'listed', '[1, "x"]');
DELETE FROM outbox WHERE type = 'listed';
SELECT * FROM outbox_events();
SELECT * FROM outbox_events('outbox.table.expand.json.payload', 'true', 'value.converter.schemas.enable', 'true');
SELECT * FROM outbox_events('outbox.table.expand.json.payload', 'true', 'outbox.table.json.payload.null.behavior', 'optional_bytes');
SELECT * FROM outbox_events('outbox.route.tombstone.on.empty.payload', 'true');
SELECT * FROM outbox_events('outbox.table.fields.additional.placement', 'type:envelope:eventType,version:envelope',
                     'outbox.table.field.event.schema.version', 'version', 'value.converter.schemas.enable', 'true');
SELECT * FROM outbox_events('value.converter', 'org.apache.kafka.connect.storage.StringConverter');
-- An update is no event, unless it changes the primary key.
UPDATE outbox SET type = 'renamed' WHERE type = 'created';
SELECT count(*) FROM outbox_events();
SELECT * FROM outbox_events('outbox.table.op.invalid.behavior', 'fatal');
UPDATE outbox SET id = '00000000-0000-0000-0000-000000000009' WHERE type = 'emptied';
SELECT count(*) FROM outbox_events();
-- What cannot be an outbox says so when a row would be an event.
SELECT * FROM outbox_events('outbox.table.field.event.id', 'event_id');
SELECT * FROM outbox_events('outbox.route.by.field', 'version');
SELECT * FROM outbox_events('outbox.table.field.event.timestamp', 'type');
SELECT * FROM outbox_events('outbox.table.fields.additional.placement', 'colour:header');
SELECT count(*) FROM outbox_events('outbox.table.fields.additional.placement', 'colour:header', 'outbox.table.field.additional.missing', 'ignore');
SELECT * FROM outbox_events('outbox.table.fields.additional.placement', 'type:colour');
SELECT * FROM outbox_events('outbox.route.topic.replacement', '${nothing}');
SELECT * FROM outbox_events('outbox.route.topic.replacement', '');
SELECT * FROM outbox_events('value.converter', 'org.apache.kafka.connect.converters.ByteArrayConverter');
SELECT * FROM outbox_events('value.converter', 'io.debezium.converters.BinaryDataConverter');
-- Only topics of the predicate; other tables are as without the transform.
CREATE TABLE other (id int PRIMARY KEY);
SELECT 'seen' FROM pg_logical_slot_get_changes('regress', NULL, NULL) OFFSET 1000;
INSERT INTO other VALUES (1);
INSERT INTO outbox VALUES ('00000000-0000-0000-0000-000000000004', 'order', '42', 'created', '{}');
SELECT left(value, 30) AS value FROM outbox_events('outbox.predicate', '.*\.outbox');
SELECT left(value, 30) AS value FROM outbox_events('outbox.predicate', '.*\.outbox', 'value.converter', 'org.apache.kafka.connect.storage.StringConverter');
SELECT outflow.preview(o, 'c', '{outflow.transforms,outbox}') FROM outbox o WHERE type = 'created';
SELECT outflow.preview(o, 'd', '{outflow.transforms,outbox}') IS NULL AS nothing FROM outbox o WHERE type = 'created';
SELECT count(*) FROM pg_logical_slot_get_changes('regress', NULL, NULL);
DROP FUNCTION outbox_events;
DROP TABLE outbox, other;
-- Bytes as they are: those of the row, what a rule leaves of them, and none where the value is not in the WAL.
CREATE TABLE bytes_outbox (id int PRIMARY KEY, aggregatetype text NOT NULL, aggregateid text, type text, payload bytea);
ALTER TABLE bytes_outbox ALTER payload SET STORAGE EXTERNAL;
CREATE FUNCTION bytes_events(VARIADIC options text[] DEFAULT '{}') RETURNS TABLE (value text) LANGUAGE sql AS $$
    SELECT data FROM pg_logical_slot_peek_changes('regress', NULL, NULL, VARIADIC
        '{outflow.transforms,outbox,value.converter,org.apache.kafka.connect.converters.ByteArrayConverter,unavailable.value.placeholder,gone}' || options)
$$;
INSERT INTO bytes_outbox VALUES (1, 'x', '1', 't', 'plain'), (2, 'x', NULL, NULL, NULL), (3, 'x', '3', 't', ''), (4, 'x', '4', 't', repeat('long', 2500)::bytea);
UPDATE bytes_outbox SET id = 5 WHERE id = 4;
SELECT left(value, 30) AS value FROM bytes_events();
SELECT left(value, 30) AS value FROM bytes_events('column.truncate.to.3.chars', 'public.bytes_outbox.payload');
SELECT count(*) FROM pg_logical_slot_get_changes('regress', NULL, NULL);
DROP FUNCTION bytes_events;
DROP TABLE bytes_outbox;
