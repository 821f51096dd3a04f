-- Days of 1970 and before as keys: in a header they are Java's dates.
-- runs: default, strings, isostring

create table days(k date, t timestamp, c time, code int not null unique, primary key (k, t, c));
alter table days replica identity full;
-- @stream
insert into days values ('2024-01-31', '2024-01-31 00:00', '24:00', 1), ('1970-01-01', '1970-01-01 10:20:30.5', '10:20', 2), ('1969-12-31', '1969-12-31 23:59:59.9999', '00:00', 3),
  ('1970-01-02', '1970-01-02 00:00:00.0005', '10:20:30.123456', 4), ('0044-03-15 BC', '0044-03-15 10:00 BC', '10:20', 5), ('10000-01-01', '10000-01-01 00:00:00.001', '10:20', 6);
update days set c = c + interval '1 second';
