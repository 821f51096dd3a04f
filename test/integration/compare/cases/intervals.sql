-- Intervals as microseconds and as text.
-- runs: default, strings

create table spans(id int primary key, i interval, i0 interval(0), im interval month);
insert into spans values (1, '1 year 2 mons 3 days 04:05:06.78', '1.7 s', '14 mons');
insert into spans(id) values (2);
-- @stream
insert into spans(id, i) values
  (10, '0'), (11, '00:00:00.29'), (12, '-1 day +01:00:00'), (13, '-1 year -2 mons +3 days -04:05:06.000001'),
  (14, '33 years 11 mons 17 days 13:59:59.999999'), (15, '178000000 years'), (16, '-00:00:01.5'), (17, '-9 mons'),
  (18, '1 mon'), (19, '-1 mon +1 day'), (20, '00:00:00.000001'), (21, '1000000:00:00'), (22, '1 day'), (23, '-0.5 s');
update spans set i = i * 2 where id between 10 and 14;
delete from spans where id = 1;
