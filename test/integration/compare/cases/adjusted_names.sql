-- Names that Avro does not allow, of tables, columns and keys.
-- runs: avro, avro_unicode, avro_fields

create table "Täble-1"("Id" int primary key, "näme x" text, "q""uote" int, "1st" text, "sel-ect" text, "a.b" int, _low int, "😀" int, "٣x" numeric(6,2));
create table "2nd.table"("key one" int, "key-two" text, v point, primary key ("key-two", "key one"));
create type "odd mood" as enum ('a b', 'c-d');
create table keyless(a_b "odd mood", c text[]);
insert into "Täble-1" values (1, 'a', 1, 'f', 's', 2, 3, 4, 5.25);
insert into "2nd.table" values (1, 'x', '(1,2)');
-- @stream
insert into "Täble-1" values (2, 'b', 2, 'g', 't', 3);
update "Täble-1" set "näme x" = 'ü';
delete from "Täble-1" where "Id" = 1;
insert into "2nd.table" values (2, 'y', '(3,4)');
update "2nd.table" set "key one" = 5 where "key one" = 2;
insert into keyless values ('a b', '{x,y}');
