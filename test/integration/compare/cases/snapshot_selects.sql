-- Tables with a select of their own for the snapshot.
-- runs: snapshot_selects

create table some_rows(id int primary key, a text, b int default 5);
create table other_order(id int, a text, n numeric(6, 2));
create table expressions(id int primary key, a varchar(10), b bytea, c text[], d date);
create table fewer(id int primary key, a text, b int default 7, c text);
create table listed_without(id int primary key, a text);
create table "Odd-Name"(id int primary key, "A b" text);
create table dropped(id int primary key, gone int, a text);
alter table dropped drop column gone;
create table none(id int primary key);
create table from_elsewhere(id int primary key, a text);
insert into some_rows select i, 'row ' || i from generate_series(1, 5) i;
insert into other_order values (1, 'a', 1.5), (2, 'b', 2.25), (3, null, null);
insert into expressions values (1, 'abc', '\x01ff', '{a,b}', '2024-02-29'), (2, null, null, null, null);
insert into fewer values (1, 'a', 1, 'x'), (2, 'b', null, 'y');
insert into listed_without values (1, 'a'), (2, 'b');
insert into "Odd-Name" values (1, 'a'), (2, 'b');
insert into dropped values (1, 'a'), (2, 'b');
insert into none values (1), (2);
insert into from_elsewhere values (1, 'unseen');
-- @stream
insert into some_rows values (6, 'six');
insert into other_order values (4, 'd', 4);
insert into fewer values (3, 'c', 3, 'z');
insert into none values (3);
