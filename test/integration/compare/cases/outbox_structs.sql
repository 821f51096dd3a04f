-- Logical messages whose content is an outbox row with other things than texts.
-- runs: outbox_decoded

create table rows(id int primary key, v text);
-- @stream
insert into rows values (1, 'is a row');
select pg_logical_emit_message(true, 'events', '{"id": 1, "aggregatetype": "outbox_structs.order", "aggregateid": 42, "type": 1.50, "payload": {"a": [1, 2], "b": {"c": null, "d": "x", "e": []}, "l": 3000000000}}');
select pg_logical_emit_message(true, 'events', '{"id": true, "aggregatetype": "outbox_structs.order", "aggregateid": 4200000000, "type": ["x", "y\"z"], "payload": [{"a": 1}, {"a": 2}]}');
select pg_logical_emit_message(true, 'events', '{"id": 1.5, "aggregatetype": "outbox_structs.order", "aggregateid": {"a": "b"}, "type": {"t": 1, "u": "v"}, "payload": 17}');
select pg_logical_emit_message(true, 'events', '{"id": "x", "aggregatetype": "outbox_structs.order", "aggregateid": [1], "payload": true, "payload": 1.5}');
select pg_logical_emit_message(true, 'events', '{"id": "x", "aggregatetype": "outbox_structs.order", "aggregateid": false, "payload": {}}');
