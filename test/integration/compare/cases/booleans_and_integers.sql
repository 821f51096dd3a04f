-- Extremes and nulls of the types that print as they are.
-- runs: default, plain

create table numbers(id bigint primary key, b boolean, s smallint, i integer, l bigint, o oid);
insert into numbers values (1, true, 1, 2, 3, 4), (2, null, null, null, null, null);
create table autos(small smallserial, mid serial, big bigserial, word text, primary key (mid, small));
create table identities(id int generated always as identity primary key, word text);
-- @stream
insert into numbers values
  (3, false, -32768, -2147483648, -9223372036854775808, 0),
  (4, true, 32767, 2147483647, 9223372036854775807, 4294967295),
  (9007199254740993, null, null, null, 9007199254740993, null);
update numbers set b = not b where id <= 4;
delete from numbers where id in (1, 2);
insert into autos(word) values ('a'), ('b');
update autos set word = 'c' where mid = 2;
delete from autos where mid = 1;
insert into identities(word) values ('a');
delete from identities;
