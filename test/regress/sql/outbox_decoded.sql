\set VERBOSITY terse
\set SHOW_CONTEXT never
\pset format unaligned
-- Logical messages as outbox events: DecodeLogicalDecodingMessageContent before the EventRouter.
CREATE FUNCTION decoded(VARIADIC options text[] DEFAULT '{}') RETURNS TABLE (value text) LANGUAGE sql AS $$
    SELECT data FROM pg_logical_slot_peek_changes('regress', NULL, NULL, VARIADIC '{outflow.transforms,"decode,outbox"}' || options)
$$;
CREATE FUNCTION message(content text) RETURNS void LANGUAGE sql AS $$
    SELECT pg_logical_emit_message(true, 'events', content)
$$;
CREATE FUNCTION forget() RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*) FROM pg_logical_slot_get_changes('regress', NULL, NULL)
$$;
BEGIN;
SELECT message('{"id": "1", "aggregatetype": "order", "aggregateid": "42", "type": "created", "payload": {"a": [1, 2], "n": null, "s": {"t": "x"}}}');
SELECT message('{"id": 2, "aggregatetype": "order", "aggregateid": 42, "type": "created", "payload": "{\"in\": \"text\"}"}');
SELECT message('{"id": "3", "aggregatetype": "order", "aggregateid": "42", "payload": " "}');
SELECT 'sent' FROM pg_logical_emit_message(false, 'events', '{"id": "4", "aggregatetype": "order", "aggregateid": "42", "payload": 17}');
COMMIT;
SELECT * FROM decoded();
SELECT * FROM decoded('value.converter.schemas.enable', 'true', 'outbox.table.expand.json.payload', 'true', 'outbox.route.tombstone.on.empty.payload', 'true');
SELECT * FROM decoded('value.converter.schemas.enable', 'true', 'outbox.table.fields.additional.placement', 'type:envelope:kind,type:header', 'outbox.table.field.additional.missing', 'ignore');
SELECT * FROM decoded('outbox.table.fields.additional.placement', 'type:envelope:kind');
SELECT * FROM decoded('value.converter', 'org.apache.kafka.connect.storage.StringConverter');
-- Of the messages only those of a topic that both transforms are for; and no rows.
SELECT left(value, 10) AS value FROM decoded('decode.predicate', 'elsewhere');
SELECT left(value, 10) AS value FROM decoded('outbox.predicate', 'elsewhere');
SELECT left(value, 10) AS value FROM decoded('message.prefix.include.list', 'others');
SELECT forget();
CREATE TABLE plain (id int PRIMARY KEY);
INSERT INTO plain VALUES (1);
SELECT left(value, 30) AS value FROM decoded('outbox.predicate', '.*\.message');
DROP TABLE plain;
SELECT forget();
-- A content that gives no event ends the stream, as in Debezium.
SELECT message('no JSON');
SELECT * FROM decoded();
SELECT forget();
SELECT message('[1]');
SELECT * FROM decoded();
SELECT forget();
SELECT message('{"aggregatetype": "order", "aggregateid": "42", "payload": 1}');
SELECT * FROM decoded();
SELECT forget();
SELECT message('{"id": "1", "aggregatetype": 5, "aggregateid": "42", "payload": 1}');
SELECT * FROM decoded();
SELECT forget();
SELECT message('{"id": "1", "aggregatetype": "", "aggregateid": "42", "payload": 12345678901234567890}');
SELECT * FROM decoded();
SELECT forget();
SELECT message('{"id": "1", "aggregatetype": "order", "aggregateid": "42", "payload": null}');
SELECT * FROM decoded();
SELECT forget();
SELECT message('{"id": "1", "aggregatetype": "order", "aggregateid": "42", "payload": {"a": 1}}');
SELECT * FROM decoded('value.converter', 'org.apache.kafka.connect.storage.StringConverter');
SELECT * FROM decoded('value.converter', 'org.apache.kafka.connect.converters.ByteArrayConverter', 'key.converter', 'org.apache.kafka.connect.storage.StringConverter');
SELECT * FROM decoded('outbox.table.field.event.timestamp', 'id');
SELECT * FROM decoded('outbox.route.topic.replacement', '');
SELECT forget();
SELECT 'sent' FROM pg_logical_emit_message(true, 'events', '\x7b22ff223a317d'::bytea);
SELECT * FROM decoded();
SELECT forget();
-- What cannot be configured.
SELECT * FROM pg_logical_slot_peek_changes('regress', NULL, NULL, 'outflow.transforms', 'decode');
SELECT * FROM pg_logical_slot_peek_changes('regress', NULL, NULL, 'outflow.transforms', 'outbox,decode');
SELECT * FROM pg_logical_slot_peek_changes('regress', NULL, NULL, 'outflow.transforms', 'decode,unwrap,outbox');
SELECT * FROM decoded('binary.handling.mode', 'hex');
SELECT * FROM decoded('decode.field.name.adjustment.mode', 'avro');
DROP FUNCTION decoded, message, forget;
