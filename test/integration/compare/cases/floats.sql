-- Java's layout of floating-point numbers: the switch to exponents, extremes, shortest digits.
-- runs: default, plain

create table floats(id int primary key, r real, d double precision);
insert into floats values (1, 1.5, 1.5), (2, null, null);
-- @stream
insert into floats
select row_number() over () + 10, v::real, v::double precision from (values
  ('0'), ('-0'), ('1'), ('-1'), ('0.1'), ('3.14'), ('0.001'), ('0.000999'), ('9999999'), ('10000000'),
  ('16777216'), ('16777217'), ('123456789'), ('1e10'), ('1e22'), ('1e23'), ('2e-3'), ('2e-4'),
  ('1.17549435e-38'), ('3.4028235e38'), ('1e-45'), ('NaN'), ('Infinity'), ('-Infinity'),
  ('0.30000001'), ('100'), ('1234.5'), ('33554432'), ('8.41e21'), ('2.0e-3'), ('1e7'), ('12345678')
) t(v);
insert into floats(id, d) values
  (100, 1.7976931348623157e308), (101, 4.9e-324), (102, 2.2250738585072014e-308), (103, 2e-323),
  (104, 0.1::float8 + 0.2::float8), (105, 9007199254740993), (106, 123456789012345678), (107, 1e21),
  (108, -1e-7), (109, 1.0e-3), (110, 9.999999e6), (111, 5e-324), (112, 1e100);
update floats set d = d / 3 where id between 10 and 40;
