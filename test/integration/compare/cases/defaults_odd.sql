-- Defaults that the reference reads without asking the server: special floats, more digits than the
-- column keeps, and the expression of a generated column in a snapshot.
-- runs: default, strings, doubles, isostring, microseconds, nanoseconds

create table special(id int primary key, nan real default 'NaN', inf double precision default 'Infinity',
  neg real default '-Infinity', tiny double precision default 1e-300, huge double precision default 1.5e300,
  small real default 1e-30, none numeric default 'NaN');
insert into special(id) values (1);
insert into special values (2, null, null, null, null, null, null, null);
create table longer(id int primary key, t0 time(0) default '10:20:30.12', t3 time(3) default '10:20:30.123456',
  s0 timestamp(0) default '2020-02-03 04:05:06.789', s3 timestamp(3) default '2020-02-03 04:05:06.123456',
  z0 timestamptz(0) default '2020-02-03 04:05:06.789Z', z3 timestamptz(3) default '2020-02-03 04:05:06.123456Z', i0 interval(0) default '1.6 seconds');
insert into longer(id) values (1);
create table computed(id int primary key, a int, b boolean generated always as (a is null) stored,
  t text generated always as ('x''y' || id::text) stored, n int generated always as (a + 1) stored);
insert into computed(id, a) values (1, null), (2, 5);
create table decimals(id int primary key, a numeric(2,5) default 0.0001, b numeric(2,5) default 0.00099, c numeric(2,5) default 0.5, d numeric(2,5) default 0,
  e numeric(4,2) default 99.99, f numeric(4,2) default 100, g numeric(4,2) default -0.5, h numeric(4,2) default 1.234, i numeric(38,10) default 1, j numeric(1,1) default 0.9);
insert into decimals values (1, null, null, null, null, null, null, null, null, null, null);
create type "Odd Mood" as enum ('it''s', 'a"b', 'back\slash', 'x,y', '');
create table labels(id int primary key, a "Odd Mood" default 'it''s', b "Odd Mood" default 'a"b', c "Odd Mood" default 'back\slash', d "Odd Mood" default 'x,y', e "Odd Mood" default '');
insert into labels(id) values (1);
create table endless(id int primary key, d date default 'infinity', m date default '-infinity', s timestamp default 'infinity', z timestamptz default '-infinity');
-- @stream
insert into labels values (2, null, null, null, null, null);
insert into endless(id) values (1);
insert into endless values (2, null, null, null, null);
insert into special(id) values (3);
insert into special values (4, null, null, null, null, null, null, null);
insert into longer(id) values (2);
insert into longer select 3;
insert into computed(id, a) values (3, 7);
