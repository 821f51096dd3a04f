-- Keys of generated columns, which a snapshot has and the stream has not.
-- runs: default

create table whole(a int, g int generated always as (a * 2) stored primary key);
insert into whole values (1);
create table part(a int, g int generated always as (a * 2) stored, primary key (g, a));
insert into part values (1);
-- @stream
insert into whole values (2);
insert into part values (2);
