-- TRUNCATE with each of its words, in one transaction with rows, rolled back, of tables that inherit
-- and of tables without key.
-- runs: default, every_operation, every_operation_with_schemas

create table first(id int generated always as identity primary key, a text);
create table second(id serial primary key, first_id int references first);
create table third(id int primary key, second_id int references second);
create table keyless(a text, n numeric(4,1) not null default 1.5);
create table parent(id int primary key);
create table child(b int) inherits (parent);
insert into first(a) values ('a'), ('b');
insert into keyless values ('a');
insert into child values (1, 1);
-- @stream
insert into second(first_id) values (1);
truncate first restart identity cascade;
insert into first(a) values ('again');
truncate second, third, first, keyless continue identity;
insert into first(a) values ('goes on');
truncate third restrict;
begin;
insert into keyless values ('before');
truncate keyless;
insert into keyless values ('between');
truncate third, keyless;
insert into keyless values ('after');
commit;
begin;
truncate keyless;
insert into keyless values ('rolled back');
rollback;
begin;
insert into keyless values ('kept');
savepoint s;
truncate keyless;
rollback to s;
insert into keyless values ('kept too');
commit;
truncate only parent;
insert into parent values (2);
truncate parent;
truncate child;
-- @sync
alter table keyless add column c int;
truncate keyless;
insert into keyless values ('last');
