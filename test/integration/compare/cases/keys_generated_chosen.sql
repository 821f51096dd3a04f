-- Configured keys of generated columns: without them in the stream, the primary key is left.
-- runs: message_keys

create table whole(id int primary key, a int, g int generated always as (a * 2) stored);
insert into whole values (1, 1);
create table part(id int primary key, a int, g int generated always as (a * 2) stored);
insert into part values (1, 1);
-- @stream
insert into whole values (2, 2);
update whole set a = 3 where id = 2;
update whole set id = 3 where id = 2;
delete from whole;
insert into part values (2, 2);
update part set a = 3 where id = 2;
delete from part;
