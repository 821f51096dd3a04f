-- Tables of outflow.create_outbox: rows that are deleted as they come, rows in partitions.
-- runs: outbox, outbox_expand

create extension if not exists outflow;
select outflow.create_outbox('outbox_created');
select outflow.create_outbox('outbox_created', 'brief', 'nothing');
select outflow.create_outbox('outbox_created', 'turning', 'generations');
insert into outbox values ('00000000-0000-0000-0000-000000000001', 'outbox_created.order', '1', 'read', '{"a": 1}');
insert into brief values ('00000000-0000-0000-0000-000000000002', 'outbox_created.order', '1', 'never read', '{"a": 1}');
-- @stream
insert into outbox values ('00000000-0000-0000-0000-000000000003', 'outbox_created.order', '1', 'created', '{"a": 1}');
insert into brief values
    ('00000000-0000-0000-0000-000000000004', 'outbox_created.brief', '1', 'created', '{"a": 1}'),
    ('00000000-0000-0000-0000-000000000005', 'outbox_created.brief', '1', 'emptied', null);
insert into turning values ('00000000-0000-0000-0000-000000000006', 'outbox_created.order', '1', 'created', '{"a": 1}');
-- @sync
select outflow.rotate_outbox('outbox_created.turning');
insert into turning values ('00000000-0000-0000-0000-000000000007', 'outbox_created.order', '1', 'created', '{"a": 1}');
-- @sync
select outflow.rotate_outbox('outbox_created.turning', 0);
insert into turning values ('00000000-0000-0000-0000-000000000008', 'outbox_created.order', '1', 'created', '{"a": 1}');
