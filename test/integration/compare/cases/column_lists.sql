-- Columns left out by column.include.list and column.exclude.list, under the default identity.
-- runs: column_include, column_exclude

create table shown(id int primary key, v text);
insert into shown values (1, 'x');
create table mixed(id serial primary key, kept text not null, hidden text, required text not null default 'r', filled int default 5, toasted text);
alter table mixed alter toasted set storage external;
insert into mixed(kept, hidden, filled) values ('k', 'h', null);
create table keyed(id serial, v text not null, w int, primary key (id, w));
create table nothing(id int primary key, a text);
insert into nothing values (1, 'x');
create table keyless(a text, v text);
insert into keyless values ('a', 'v');
-- @stream
insert into shown values (2, 'y');
insert into mixed(kept, hidden, toasted) values ('k2', 'h2', repeat('x', 3000));
update mixed set hidden = 'unseen' where id = 2;
update mixed set kept = 'seen', filled = null where id = 2;
update mixed set id = 20 where id = 2;
delete from mixed;
insert into keyed(v, w) values ('v', 7), ('w', 8);
update keyed set v = 'z' where w = 7;
update keyed set id = 100 where w = 7;
update keyed set w = 9 where w = 8;
delete from keyed;
insert into nothing values (2, 'y');
update nothing set a = 'z';
update nothing set id = 5 where id = 2;
delete from nothing;
insert into keyless values ('b', 'w');
-- @sync
alter table mixed add column later text default 'l';
alter table nothing add column later text;
insert into mixed(kept, later) values ('k3', 'm');
insert into nothing values (9, 'a', 'l');
