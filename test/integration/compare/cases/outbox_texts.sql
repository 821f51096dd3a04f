-- Payloads that are text: blank ones are empty, JSON in them is expanded, what follows it is not read.
-- runs: outbox, outbox_headers, outbox_expand, outbox_nulls, outbox_strings, outbox_binary

create table events(
    id bigint primary key, aggregatetype text not null, aggregateid int, type text not null, payload text);
-- @stream
insert into events values
    (1, 'outbox_texts.doc', 1, 't', 'plain'),
    (2, 'outbox_texts.doc', -2, 't', ''),
    (3, 'outbox_texts.doc', 0, 't', E' \t\n'),
    (4, 'outbox_texts.doc', 2147483647, 't', '{"a": 1} and more'),
    (5, 'outbox_texts.doc', 5, 't', '{"a": 1'),
    (6, 'outbox_texts.doc', 6, 't', '{a: 1}'),
    (7, 'outbox_texts.doc', 7, 't', E'{"a": "\n"}'),
    (8, 'outbox_texts.doc', 8, 't', '[1, 2'),
    (9, 'outbox_texts.doc', 9, 't', 'ü "quoted" \ 😀'),
    (10, 'outbox_texts.doc', 10, 't', '{"a": 01}'),
    (11, 'outbox_texts.doc', 11, 't', '{"a": NaN}'),
    (12, 'outbox_texts.doc', 12, 't', '{"a": .5, "b": 1.}'),
    (13, 'outbox_texts.doc', null, 'no key', 'x'),
    (14, 'outbox_texts.doc', 14, 'no payload', null),
    (15, 'outbox_texts.doc', 15, 't', '{}'),
    (16, 'outbox_texts.doc', 16, 't', '{"a":+1}');
