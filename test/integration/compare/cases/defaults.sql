-- Column defaults: in the schema, and in place of a null.
-- runs: default, strings, doubles, isostring, microseconds, nanoseconds

create type mood as enum ('sad', 'ok');
create domain positive as int default 3;
create table defaulted(id serial primary key, i int default 7, neg int default -5, big bigint default 9223372036854775807,
  s smallint default '3', r real default 1.5, d double precision default 1e7, n numeric default 2.50, n62 numeric(6,2) default 1.5,
  b boolean default true, t text default 'it''s', cat text default 'a' || 'b', e text default '', c char(4) default 'ab',
  v varchar(10) default 'v"q', nul text default null, up text default upper('x'), j json default '{"a": 1}', jb jsonb default '[]',
  u uuid default gen_random_uuid(), uf uuid default 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', da date default '2024-01-31',
  dn date default current_date, ti time default '10:20:30', ts timestamp default '2024-01-31 10:20:11.5', tn timestamp default now(),
  tz timestamptz default '2020-02-03 04:05:06.789+02', tzn timestamptz default now(), iv interval default '1 day',
  m mood default 'ok', sum int default (2 + 3), by bytea default '\x01', ia int[] default '{1}', p positive, un text default 'ünï😀');
insert into defaulted(i) values (null), (1);
-- @stream
insert into defaulted(id) values (10);
insert into defaulted select 11;
update defaulted set i = null, t = null, u = null, b = null, m = null, da = null, tz = null, r = null, n62 = null, j = null, iv = null where id = 10;
delete from defaulted where id = 10;
