-- numeric with and without precision in the three decimal.handling.modes; NaN is null where it
-- cannot be printed.
-- runs: default, strings, doubles

create table numerics(id int primary key, n62 numeric(6,2), n numeric, n0 numeric(5,0), n25 numeric(2,5), n38 numeric(38,10));
insert into numerics values (1, 1.10, 10.50, 7, 0.00012, 1234567890123456789012345678.0123456789);
insert into numerics(id) values (2);
create table keyed(k numeric primary key, v numeric(10,3) not null);
insert into keyed values (10.50, 1), (1e10, 2);
-- @stream
insert into numerics(id, n62) values (10, 0), (11, -1.1), (12, 1.28), (13, 1.5), (14, 9999.99), (15, -9999.99), (16, 0.01), (17, -0.01), (18, 'NaN');
insert into numerics(id, n) values (30, 0), (31, 0.000), (32, 10.50), (33, 100.00), (34, 1e10), (35, 1e-20),
  (36, -22.2200), (37, 'NaN'), (38, 123456789012345678901234567890.5), (39, -128), (40, 127), (41, 128),
  (42, 255), (43, 256), (44, -129), (45, 9223372036854775807), (46, 9223372036854775808), (47, -9223372036854775808),
  (48, -9223372036854775809), (49, 1e100), (50, 0.1e-100), (51, 18446744073709551616);
insert into numerics(id, n0, n25, n38) values (60, 99999, 0.00099, -0.0000000001), (61, -99999, -0.00001, 0), (62, 0, 0, 9999999999999999999999999999.9999999999);
update numerics set n62 = n62 * -1 where id between 10 and 17;
delete from numerics where id in (10, 30);
insert into keyed values (0.1, 0.001);
update keyed set v = 5 where k = 10.50;
update keyed set k = 20.25 where k = 0.1;
delete from keyed where k = 1e10;
