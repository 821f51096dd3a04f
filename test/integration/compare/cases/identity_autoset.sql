-- The connector sets replica identities at its start.
-- runs: identity_autoset

create table full_one(id int primary key, a text);
create table full_two(a text, b int);
create table nothing(id int primary key, a text);
create table back(id int primary key, a text);
alter table back replica identity full;
create table by_index(id int primary key, a text not null, b text);
create unique index by_index_a on by_index(a);
create table untouched(id int primary key, a text);
insert into full_one values (1, 'a');
-- @stream
update full_one set a = 'b';
insert into full_two values ('x', 1);
update full_two set b = 2;
delete from full_two;
insert into nothing values (1, 'a');
insert into back values (1, 'a');
update back set a = 'b';
insert into by_index values (1, 'a', 'b');
update by_index set b = 'c';
delete from by_index;
insert into untouched values (1, 'a');
update untouched set a = 'b';
