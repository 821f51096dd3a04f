-- Keys of message.key.columns: their order, nulls in them, and what the WAL knows of the old ones.
-- runs: message_keys, metadata_keys

create table several(id int primary key, v varchar(10), b text not null, n int default 7, d int not null default 3);
insert into several values (1, 'hello', 'bee', null, 3);
create table full_key(id int primary key, v varchar(10), b text not null);
alter table full_key replica identity full;
insert into full_key values (1, 'hello', 'bee');
create table keyless(a int, b text);
alter table keyless replica identity full;
insert into keyless values (1, 'x');
create table plain(id int primary key, v text);
insert into plain values (1, 'x');
create table required(id int primary key, b text not null, d int not null default 3, v text);
insert into required values (1, 'x', 3, 'v');
create table every(b int, a text, primary key (a));
insert into every values (1, 'x');
-- @stream
insert into several values (2, 'h2', 'b2', null, 3), (3, null, '', 9, 3);
insert into several select i, 'v' || i % 7, 'b', i, i from generate_series(10, 40) i;
update several set v = 'changed' where id = 2;
update several set id = 200 where id = 2;
update several set id = 300 where id = 3;
update several set b = 'other' where id > 30;
delete from several where id > 20;
insert into full_key values (2, 'h2', 'b2');
update full_key set v = 'c' where id = 2;
update full_key set id = 20 where id = 2;
update full_key set v = null where id = 20;
delete from full_key;
insert into keyless values (2, null);
update keyless set b = 'y' where a = 2;
delete from keyless;
insert into plain values (2, 'y');
update plain set v = 'z';
update plain set id = 5 where id = 2;
delete from plain;
insert into required values (2, '', 3, null), (3, 'q', 4, 'w');
update required set v = 'changed';
update required set id = id + 10;
update required set b = '', d = 3;
update required set id = id + 10;
delete from required;
insert into every values (null, 'y');
update every set b = 2;
update every set a = a || 'x';
delete from every;
