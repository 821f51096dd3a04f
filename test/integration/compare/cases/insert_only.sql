-- A publication of inserts alone: its lists need no key, its filters may name any column, and what
-- else happens moves nothing.
-- runs: inserts_only
-- publishes: table insert_only.no_key (b, a)
-- publishes: table insert_only.half_key (b, first) where (b > 2)
-- publishes: table insert_only.rows where (a like '%x%' and (b is null or b > 5))

create table no_key(id int primary key, a text, b int);
create unique index no_key_a on no_key(a);
create table half_key(second int, first int, b int, primary key (second, first));
create table rows(id int primary key, a text, b int);
insert into no_key values (1, 'a', 1);
insert into half_key values (1, 1, 1);
insert into rows values (1, 'a', 1);
-- @stream
insert into no_key values (2, 'b', 2);
insert into half_key values (2, 2, 2), (3, 3, 3);
insert into rows values (2, 'x', 6), (3, 'x', 5), (4, 'axb', null), (5, null, 6);
update rows set b = 7;
insert into rows values (6, 'x', 6);
delete from rows;
truncate rows, no_key;
insert into rows values (7, 'x', 7);
