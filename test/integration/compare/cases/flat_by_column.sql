-- A column names the topic of its row: nulls and blanks leave it where the table's rows go, and so
-- do tombstones. Old rows that have only the key, the whole row, or a value that was not written.
-- runs: flat_by_column, flat_by_column_plain, flat_by_column_routed
-- topics: /flat-one, /flat-two, /flat-three, /old_w, /__debezium_unavailable_value, /to.flat-one, /to.flat-two, /to.flat-three, /to.old_w, /to.__debezium_unavailable_value
create table full_row(id int primary key, target text, v text);
alter table full_row replica identity full;
create table key_only(id int primary key, target text, v text);
create table required(id int primary key, target varchar(30) not null default 'old_w', v text);
create table keyless(target text);
insert into full_row values (1, 'flat-one', 'a'), (2, null, 'b'), (3, '  ', 'c');
insert into required values (1, 'flat-two', 'x');
-- @stream
insert into full_row values (4, 'flat-two', 'd'), (5, 'flat-one', 'e'), (6, '', 'f');
update full_row set target = 'flat-two' where id = 1;
update full_row set id = 7 where id = 5;
delete from full_row;
insert into key_only values (1, 'flat-one', 'a'), (2, 'flat-three', 'b');
update key_only set target = null where id = 1;
update key_only set id = 3 where id = 2;
delete from key_only;
insert into required values (2, 'flat-three', 'y');
delete from required;
insert into keyless values ('flat-one'), (null);
-- @sync
alter table key_only alter column target set storage external;
insert into key_only values (5, 'flat-one', 'z');
update key_only set v = 'y' where id = 5;
