-- The source's types as parameters of the schema; they differ between snapshot and stream.
-- runs: source_types
-- needs: citext, hstore, ltree

create extension if not exists citext with schema public;
create extension if not exists hstore with schema public;
create extension if not exists ltree with schema public;
create type mood as enum ('sad', 'ok');
create type public.source_types_mood as enum ('a');
create type pair_of as (a int, b int);
create domain posint as int check (value > 0);
create domain shortv as varchar(7);
create domain dnum as numeric(8,3);
create domain dd as shortv;
create domain dts as timestamp(2);
create domain dn as numeric;
create table every(id serial primary key, bs bigserial, ss smallserial, ident int generated always as identity, i2 smallint, i4 int, i8 bigint, o oid, f4 real, f8 double precision,
    n numeric, n62 numeric(6,2), n5 numeric(5), n25 numeric(2,5), m money, b boolean, c1 char, c5 char(5), bp bpchar, vc varchar, vc20 varchar(20), t text, nm name, ch "char", ct citext,
    by bytea, bit1 bit, bit4 bit(4), vb varbit, vb5 varbit(5), u uuid, j json, jb jsonb, x xml, d date, ti time, ti0 time(0), ti1 time(1), ti3 time(3), tz timetz, tz1 timetz(1),
    ts timestamp, ts0 timestamp(0), ts1 timestamp(1), ts3 timestamp(3), tst timestamptz, tst3 timestamptz(3), iv interval, iv2 interval(2), ivd interval day to second(3), ivy interval year,
    ip inet, ci cidr, mac macaddr, r4 int4range, tsv tsvector, p point, h hstore, l ltree, e mood, pe public.source_types_mood, dpos posint, dsh shortv, ddn dnum, ddd dd, ddts dts, ddnn dn,
    i4a int[], vca varchar(5)[], ta text[], n62a numeric(6,2)[], na numeric[], tsa timestamp(3)[], ea mood[], i2v int2vector, pgl pg_lsn, bx box, rc refcursor, pr pair_of, dpa posint[]);
insert into every default values;
create table "some"(id serial primary key, i int, vc varchar(9), n numeric(6,2), e mood, a int[], d posint, t text);
insert into "some" default values;
-- @stream
insert into every default values;
update every set t = 'x' where id = 2;
delete from every;
insert into "some" default values;
-- @sync
alter table every alter vc20 type varchar(30), add column later numeric(4,1);
insert into every default values;
