-- A large value that an update does not touch is not in the stream: the placeholder, per type.
-- runs: default, plain, strings, doubles, isostring, microseconds, nanoseconds, flat, flat_drop, flat_rewrite, flat_rewrite_tombstone, flat_delete, flat_plain, metadata_plain

create table large(id int primary key, n int, t text, v varchar, by bytea, j json, jb jsonb, ta text[], ia int[],
  ba bytea[], ua uuid[], la bigint[], num numeric, na numeric[], sa smallint[]);
alter table large alter t set storage external, alter v set storage external, alter by set storage external,
  alter j set storage external, alter jb set storage external, alter ta set storage external,
  alter ia set storage external, alter ba set storage external, alter ua set storage external,
  alter la set storage external, alter na set storage external, alter sa set storage external;
insert into large select 1, 1, repeat('t', 3000), repeat('v', 3000), convert_to(repeat('b', 3000), 'UTF8'),
  to_json(repeat('j', 3000)), to_jsonb(repeat('j', 3000)), array[repeat('a', 3000)], array(select generate_series(1, 1000)),
  array[convert_to(repeat('b', 3000), 'UTF8')], array(select gen_random_uuid() from generate_series(1, 300)),
  array(select generate_series(1, 1000)::bigint), 1.5, array(select generate_series(1, 500)::numeric),
  array(select (i % 100)::smallint from generate_series(1, 3000) i);
create table kept(id int primary key, n int, t text not null);
alter table kept alter t set storage external;
insert into kept values (1, 1, repeat('x', 3000));
-- @stream
update large set n = 2;
update large set t = 'short';
update large set by = convert_to(repeat('c', 3000), 'UTF8');
update large set id = 2;
insert into large select 3, n, repeat('new', 2000), v from large where id = 2;
delete from large;
update kept set n = 2;
delete from kept;
