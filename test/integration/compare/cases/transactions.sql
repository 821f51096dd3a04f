-- What positions look like: COPY, several rows and tables in one transaction, subtransactions,
-- rollbacks, empty transactions, DDL between rows.
-- runs: default, plain, metadata, metadata_plain

create table one(id int primary key, a text);
create table two(id int primary key, a text);
-- @stream
copy one from stdin;
1	a
2	b
3	\N
\.
begin;
insert into one values (4, 'd');
insert into two values (4, 'd');
update one set a = 'dd' where id = 4;
commit;
begin;
insert into one values (5, 'e');
savepoint s;
insert into one values (6, 'gone');
rollback to s;
insert into two values (6, 'f');
savepoint s2;
update two set a = 'ff' where id = 6;
release s2;
commit;
begin;
insert into one values (7, 'gone');
rollback;
begin;
commit;
create table three(id int primary key, late text);
insert into three values (1, 'first');
insert into one values (8, 'x') on conflict do nothing;
insert into one values (8, 'y') on conflict (id) do update set a = excluded.a;
merge into two using (values (6, 'm'), (9, 'n')) v(id, a) on two.id = v.id
  when matched then update set a = v.a when not matched then insert values (v.id, v.a);
delete from one where id < 4;
