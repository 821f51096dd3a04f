-- A generated column in the key: the stream does not know it.
-- runs: default, plain

create table whole(a int, k int generated always as (a + 1) stored primary key, b text);
create table half(a int not null, k int generated always as (a + 1) stored, b text, primary key (k, a));
insert into whole(a, b) values (1, 'a');
insert into half(a, b) values (1, 'a');
-- @stream
insert into whole(a, b) values (2, 'b');
insert into half(a, b) values (2, 'b');
update half set b = 'c' where a = 2;
delete from half;
