-- Unlogged tables are in the snapshot only; temporary tables, views and foreign things nowhere. A
-- table becomes logged while rows flow.
-- runs: default, plain

create unlogged table volatile(id int primary key, a text);
create table durable(id int primary key);
create view looks as select * from durable;
create materialized view looked as select 1 as id;
insert into volatile values (1, 'a');
insert into durable values (1);
-- @stream
insert into volatile values (2, 'b');
create temporary table fleeting(id int primary key);
insert into fleeting values (1);
insert into durable values (2);
refresh materialized view looked;
insert into durable values (3);
-- @sync
alter table volatile set logged;
insert into volatile values (3, 'c');
insert into durable values (4);
