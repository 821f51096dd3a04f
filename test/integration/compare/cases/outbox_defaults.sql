-- Columns with defaults that hold nulls: the default stands for them.
-- runs: outbox, outbox_headers, outbox_expand, outbox_nulls

create table events(
    id uuid primary key, aggregatetype text not null default 'outbox_defaults.x', aggregateid text default 'nobody',
    type text default 'unknown', payload text default '{"from": "default"}', note text default 'n', version int default 7);
-- @stream
insert into events values ('00000000-0000-0000-0000-000000000001', default, null, null, null, null, null);
insert into events(id) values ('00000000-0000-0000-0000-000000000002');
