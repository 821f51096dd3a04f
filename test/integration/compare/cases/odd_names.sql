-- Names that need quotes, and topics that need other characters.
-- runs: default, plain, metadata, metadata_plain

create table "Täble $1"("Id" int primary key, "näme x" text, "q""uote" int, "1st" text, "sel-ect" text, "a.b" int);
insert into "Täble $1" values (1, 'a', 1, 'f', 's', 2);
create table "UPPER"(id int primary key, "order" text);
-- @stream
insert into "Täble $1" values (2, 'b', 2, 'g', 't', 3);
update "Täble $1" set "näme x" = 'ü';
delete from "Täble $1" where "Id" = 1;
insert into "UPPER" values (1, 'by');
