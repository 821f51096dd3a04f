-- Logical messages whose content is an outbox row.
-- runs: outbox_decoded, outbox_decoded_envelope, outbox_decoded_expand

create table rows(id int primary key, v text);
-- @stream
insert into rows values (1, 'is a row');
begin;
select pg_logical_emit_message(true, 'events', '{"id": "a1", "aggregatetype": "outbox_decoded.order", "aggregateid": "42", "type": "created", "version": 1, "part": 0, "payload": "text \"quoted\" ü 😀"}');
select pg_logical_emit_message(true, 'events', '{"id": "a2", "aggregatetype": "outbox_decoded.order", "aggregateid": "42", "type": "created", "version": 1, "part": 0, "payload": "{\"a\": [1, 2], \"b\": {\"c\": null}}"}');
rollback;
begin;
select pg_logical_emit_message(true, 'events', '{"id": "b1", "aggregatetype": "outbox_decoded.order", "aggregateid": "42", "type": "created", "version": 1, "part": 0, "payload": "text \"quoted\" ü 😀", "flag": true}');
select pg_logical_emit_message(true, 'events', '{"id": "b2", "aggregatetype": "outbox_decoded.order", "aggregateid": "42", "type": "created", "version": 1, "part": 0, "payload": "{\"a\": [1, 2], \"b\": {\"c\": null}}", "flag": false}');
select pg_logical_emit_message(true, 'events', '{"id": "b3", "aggregatetype": "outbox_decoded.order", "aggregateid": "ümläut \"q\"", "type": "x\ty", "version": 1, "part": 0, "payload": "", "flag": true}');
insert into rows values (2, 'between');
select pg_logical_emit_message(true, 'events', '{"id": "b4", "aggregatetype": "outbox_decoded.order", "aggregateid": "", "type": "created", "version": 1, "part": 0, "payload": "[]", "flag": true}');
commit;
select pg_logical_emit_message(false, 'events', '{"id": "c1", "aggregatetype": "outbox_decoded.order", "aggregateid": "42", "type": "outside", "version": 1, "part": 0, "payload": "none", "flag": true} and more');
select pg_logical_emit_message(true, 'others', 'not decoded');
