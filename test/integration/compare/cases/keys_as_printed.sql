-- A key has changed when its printed form has: the WAL may say that it did.
-- runs: default, strings, doubles, isostring

create table moments(at timestamp primary key, v int);
insert into moments values ('2020-01-01 00:00:00.123456', 1);
create table numbers(n numeric primary key, v int);
insert into numbers values (1.0, 1), (2.50, 2);
create table reals(f float8 primary key, v int);
insert into reals values (0, 1);
create table lists(a numeric[] primary key, v int);
insert into lists values ('{1.0}', 1);
create table spans(i interval primary key, v int);
insert into spans values ('24:00:00', 1);
create table defaulted(id int primary key, code text not null default 'x', n int default 5);
create unique index by_code on defaulted(code);
alter table defaulted replica identity using index by_code;
insert into defaulted values (0, 'x', 1);
create table fallen(d date, t time(3), ts timestamp(3), tu timestamp default '2020-01-01 10:00:00', n numeric(6,2), m money, code text not null unique, primary key (d, t, ts, tu, n, m));
alter table fallen replica identity using index fallen_code_key;
insert into fallen values ('2024-01-31', '10:20', '2024-01-31 10:20', '2024-01-31 10:20', 1.5, 2.5, 'x');
create table days(d date, t time, ts timestamp, primary key (d, t, ts));
-- @stream
insert into days values ('2024-01-31', '24:00', '2024-01-31'), ('1970-01-01', '00:00', '1969-12-31 23:59:59.999999'), ('0044-03-15 BC', '10:20', '1970-01-02'), ('12000-01-01', '10:20:30.9999', '12000-01-01 00:00:00.001');
update days set d = d + 1;
update fallen set code = 'y';
update moments set at = '2020-01-01 00:00:00.123999';
update moments set at = '2020-01-01 00:00:00.124';
update numbers set n = 1.00 where v = 1;
update numbers set n = 2.5 where v = 2;
update numbers set n = 2.51 where v = 2;
update reals set f = '-0';
update reals set f = 0;
update lists set a = '{1.00}';
update lists set a = '{1}';
update spans set i = '1 day';
update defaulted set code = 'y';
update defaulted set id = 1, code = 'z';
delete from defaulted;
