-- money in each decimal mode and with another number of decimals.
-- runs: default, strings, doubles, isostring, microseconds, nanoseconds

create table amounts(id int primary key, m money, n money not null default '1.5');
insert into amounts values (1, 1234.56, 0), (2, null, -1.25);
create table required(id int primary key, m money not null);
insert into required values (1, 7);
create domain price as money;
create table domains(id int primary key, p price);
insert into domains values (1, '1.99');
create table many(id int primary key, m money[]);
insert into many values (1, '{1,2}');
-- @stream
insert into amounts values (10, '92233720368547758.07', 1), (11, '-92233720368547758.08', 1), (12, 0, 0), (13, 0.01, -0.01), (14, 0.5, 1.5),
  (15, -0.5, -1.5), (16, 999999999.99, 1000), (17, 2.5, -2.5), (18, 0.49, 100);
update amounts set m = m * 2 where id = 1;
insert into domains values (2, null), (3, '(5.00)');
insert into many values (2, null);
delete from required;
delete from amounts;
