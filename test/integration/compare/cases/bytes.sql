-- bytea in the three forms, as a value and as a key.
-- runs: default, strings, doubles, nanoseconds

create table bytes(id int primary key, b bytea);
insert into bytes values (1, '\x00ff'), (2, null);
create table keyed(k bytea primary key, b bytea not null);
insert into keyed values ('\x01ff', '\x');
-- @stream
insert into bytes values (3, ''), (4, '\x00'), (5, '\xdeadbeef'), (6, decode(repeat('ab', 100), 'hex')),
  (7, '\x0102'), (8, '\x010203'), (9, '\xfbefbe');
update bytes set b = b || '\x7f' where id < 5;
delete from bytes where id = 1;
insert into keyed values ('', '\x01'), ('\xfbff', '\x02');
delete from keyed;
