-- Row filters: rows that do not match, updates that cross the border, transactions of which nothing
-- is left (they leave no trace in sequence[0]); the snapshot has every row.
-- runs: by_hand, by_hand_with_schemas, metadata_by_hand
-- publishes: table row_filters.ids where (id > 10)
-- publishes: table row_filters.full_rows where (n > 10 and a is not null)
-- publishes: table row_filters.never where (false)
-- publishes: table row_filters.constants (id) where (1 = 1)
-- publishes: table row_filters.texts where (lower(code) like 'a%')

create table ids(id int primary key, a text);
create table full_rows(id int primary key, a text, n numeric);
alter table full_rows replica identity full;
create table never(id int primary key);
create table constants(id int primary key, a text);
create table texts(code varchar(8) primary key, a date);
insert into ids values (1, 'a'), (11, 'b');
insert into full_rows values (1, 'a', 5), (2, 'b', 15);
insert into never values (1);
insert into constants values (1, 'a');
insert into texts values ('abc', '2024-01-01'), ('xyz', '2024-01-02');
-- @stream
insert into ids values (2, 'no');
insert into ids values (12, 'yes');
insert into ids values (3, 'no'), (13, 'yes'), (4, 'no');
update ids set a = 'no' where id = 2;
update ids set a = 'yes again' where id = 12;
update ids set id = 22 where id = 12;
update ids set id = 5 where id = 22;
update ids set id = 23 where id = 5;
update ids set id = 6 where id = 3;
delete from ids where id < 10;
delete from ids;
begin;
insert into ids values (7, 'no');
insert into never values (2);
commit;
insert into ids values (30, 'after nothing');
insert into full_rows values (3, 'c', null);
insert into full_rows values (4, 'd', 11);
insert into full_rows values (5, null, 12);
update full_rows set n = 16 where id = 2;
update full_rows set n = 1 where id = 2;
update full_rows set n = 17 where id = 2;
update full_rows set a = null where id = 2;
update full_rows set a = 'back' where id = 2;
update full_rows set id = 42 where id = 2;
update full_rows set id = 43, n = 2 where id = 42;
update full_rows set n = 44 where id = 1;
delete from full_rows where id in (3, 4);
delete from full_rows;
insert into never values (3);
update never set id = 9 where id = 1;
delete from never;
insert into constants values (2, 'b');
update constants set a = 'c' where id = 2;
delete from constants;
update texts set code = 'Axyz' where code = 'xyz';
update texts set code = 'back' where code = 'abc';
delete from texts;
-- @sync
truncate ids, never;
insert into ids values (31, 'after truncate');
alter table ids add column c int default 3;
insert into ids values (8, 'no', 1), (32, 'yes', null);
