-- Stored generated columns are in the snapshot and not in the stream; dropped columns are nowhere.
-- runs: default, plain

create table doubled(id int primary key, gone int, a int, twice int generated always as (a * 2) stored, z text);
alter table doubled drop column gone;
insert into doubled(id, a, z) values (1, 5, 'z');
-- @stream
insert into doubled(id, a, z) values (2, 6, 'y');
update doubled set a = 7 where id = 1;
delete from doubled;
