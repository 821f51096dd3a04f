-- A point is a struct; the other geometric types are unknown, with the driver's text.
-- runs: default, isostring, microseconds, nanoseconds

create table shapes(id int primary key, p point, b box, l line, s lseg, open path, closed path, g polygon, c circle);
insert into shapes values (1, '(1.5,-2)', '((1,2),(3,4))', '{1,2,3}', '((1,2),(3,4))', '[(0,0),(1,1)]', '((0,0),(1,1.5),(2,0))', '((0,0),(1,0),(1,1))', '<(1,2),3>');
insert into shapes(id) values (2);
create table required(id int primary key, p point not null, b box not null, c circle not null);
insert into required values (1, '(1,2)', '((1,2),(3,4))', '<(1,2),3>');
create table defaulted(id int primary key, p point default '(1,2)');
create table many(id int primary key, p point[], b box[], l line[], s lseg[], h path[], g polygon[], c circle[]);
insert into many values (1, '{"(1,2)"}', '{(1\,2)\,(3\,4);(5\,6)\,(7\,8)}', '{"{1,2,3}"}', '{"[(1,2),(3,4)]"}', '{"[(0,0),(1,1)]"}', '{"((0,0),(1,1))"}', '{"<(1,2),3>"}');
-- @stream
insert into shapes(id, p, c, b) values (10, '(0,0)', '<(0,0),0>', '((0,0),(0,0))'), (11, '(1e300,-1e-300)', '<(1e10,0.1),12345678.9>', '((1e7,-0.001),(9999999,0.0001))'),
  (12, '(NaN,Infinity)', '<(NaN,1),Infinity>', null), (13, '(-0.0,1e7)', null, '((Infinity,-Infinity),(1,2))'), (14, '(0.1,123456789.123)', null, null);
insert into shapes(id, open, g) values (20, '[(1,1)]', '((1,1))'), (21, '[(1.25,1e22),(0,-1)]', '((1.25,1e22),(0,-1))');
update shapes set p = '(2,2)' where id = 1;
insert into defaulted(id) values (1);
insert into defaulted values (2, null);
insert into many(id) values (2);
insert into many(id, b) values (3, '{(1,2),(3,4)}');
delete from required;
delete from shapes where id = 1;
