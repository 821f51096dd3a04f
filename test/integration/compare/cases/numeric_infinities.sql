-- Infinite numerics where the mode can print them.
-- runs: strings, doubles

create table infinite(id int primary key, n numeric, na numeric[]);
-- @stream
insert into infinite values (1, 'Infinity'), (2, '-Infinity'), (3, 'NaN'), (4, 1);
insert into infinite(id, na) values (10, '{1,Infinity}'), (11, '{-Infinity}'), (12, '{NaN}'), (13, '{1,2}');
