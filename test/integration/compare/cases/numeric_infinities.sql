-- Infinite numerics where the mode can print them.
-- runs: strings, doubles

create table infinite(id int primary key, n numeric);
-- @stream
insert into infinite values (1, 'Infinity'), (2, '-Infinity'), (3, 'NaN'), (4, 1);
