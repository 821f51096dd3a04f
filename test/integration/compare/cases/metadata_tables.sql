-- Ids, orders and counts of transaction metadata: several tables, subtransactions, what is rolled
-- back, DDL before the first row, tables that are not published, key changes, empty transactions.
-- runs: metadata, metadata_plain, metadata_flat, metadata_fields

create table a(id int primary key, v text);
create table b(id int primary key, v text);
create table keyless(v text);
create unlogged table unseen(id int primary key);
-- @stream
begin;
insert into a values (1, 'x'), (2, 'y');
insert into b values (1, 'x');
insert into a values (3, 'z');
update b set v = 'xx' where id = 1;
delete from a where id = 1;
update a set id = 20 where id = 2;
insert into b values (4, 'u');
commit;
begin;
savepoint s;
insert into a values (30, 'gone');
rollback to s;
insert into b values (5, 'first that stays');
savepoint s2;
insert into a values (31, 'stays');
release s2;
commit;
begin;
savepoint s;
insert into a values (40, 'gone');
rollback to s;
commit;
begin;
create table made(id int primary key);
insert into unseen values (1);
insert into made values (1);
insert into unseen values (2);
commit;
begin;
insert into unseen values (3);
commit;
-- @sync
insert into keyless values ('k');
copy a from stdin;
50	p
51	q
52	\N
\.
begin;
create temp table scratch(id int);
insert into scratch values (1);
insert into a values (60, 'after a temporary table');
commit;
update a set v = 'never' where id = -1;
update a set v = v where id = 60;
select txid_current() is not null;
create table nothing_but_ddl(id int);
begin;
insert into a values (70, 'a');
alter table b add column more int default 7;
insert into b values (70, 'b');
drop table made;
commit;
