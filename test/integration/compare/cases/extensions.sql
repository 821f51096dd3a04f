-- Types that extensions bring.
-- runs: default, isostring, microseconds

create extension if not exists citext with schema public;
create extension if not exists ltree with schema public;
create extension if not exists isn with schema public;
create extension if not exists cube with schema public;
create table extended(id int primary key, c citext, l ltree, q lquery, tq ltxtquery, b isbn, b13 isbn13, e ean13, s issn, u upc, cu cube, cd citext default 'x', ld ltree default 'a.b');
insert into extended values (1, 'Some Text', 'Top.Science.Astronomy', 'Top.*', 'Top & Science', '039304002X', '9780393040029', '9780393040029', '1436-4522', '220356483481', '(1,2)');
insert into extended(id) values (2);
create table required(id int primary key, c citext not null, l ltree not null, b isbn not null);
insert into required values (1, 'x', 'a', '039304002X');
create table large(id int primary key, n int, c citext, l ltree, ca citext[], la ltree[]);
alter table large alter c set storage external, alter l set storage external, alter ca set storage external, alter la set storage external;
insert into large select 1, 1, repeat('x', 3000), (repeat('abcdefghi.', 300) || 'z')::ltree, array[repeat('x', 3000)], array[(repeat('abcdefghi.', 300) || 'z')::ltree];
create table many(id int primary key, c citext[], l ltree[], b isbn[], cu cube[]);
insert into many values (1, '{Ab,cD}', '{a.b,c}', '{039304002X}', '{"(1,2)"}');
-- @stream
insert into extended(id, c, l) values (10, '', ''), (11, E'Ü "q" 😀\n', 'a'), (12, null, 'a_1.B.Cc');
update extended set c = upper(c::text) where id = 1;
update large set n = 2;
insert into many(id, c, l) values (2, '{}', '{}'), (3, '{null}', '{null}'), (4, '{null,"a,b",""}', '{null,a,b.c,""}'), (5, null, null);
delete from required;
delete from extended where id = 1;
insert into many(id, l) values (6, '{a,b.c,""}'), (7, '{""}');
insert into many(id, b) values (8, '{}'), (9, '{null}'), (10, '{039304002X,null}');
