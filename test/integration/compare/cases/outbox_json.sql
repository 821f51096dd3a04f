-- Documents that are expanded, or not: json keeps its text, so all of JSON can be written.
-- Objects of one array with their members in different orders are left out: the reference merges
-- them in the order of a hash set, another one in each run.
-- runs: outbox, outbox_expand, outbox_nulls

create table events(
    id int primary key, aggregatetype text not null default 'outbox_json.doc', aggregateid text not null default 'k',
    type text not null default 't', payload json);
-- @stream
insert into events(id, payload) values
    (1, '{"int": 1, "long": 3000000000, "fraction": 1.50, "exponent": 1e3, "text": "x", "yes": true, "no": false}'),
    (2, '{"none": null, "empty": [], "nothing": {}, "deep": {"er": {"a": [{"b": 1}]}}}'),
    (3, '{"numbers": [1, 2], "texts": ["a", "b"], "flags": [true], "holes": [1, null, 3], "longs": [3000000000, 4000000000], "fractions": [1.5, 2.0]}'),
    (4, '{"lists": [[1], [2, 3]], "listsOfObjects": [[{"a": {"b": 1}}]]}'),
    (5, '{"objects": [{"x": 1, "y": 2}, {"x": 3}]}'),
    (6, '{"objects": [{"x": 1}, {"x": 2}, null]}'),
    (7, '{"objects": [{"n": {"a": 1, "b": 2}}, {"n": {"a": 1, "b": 3}}]}'),
    (8, '{"mixed": [1, "a"]}'),
    (9, '{"mixed": [1, 1.5]}'),
    (10, '{"mixed": [1, 3000000000]}'),
    (11, '{"nulls": [null]}'),
    (12, '{"": 1}'),
    (13, '{"escaped": "\u00e9\n\t\"\\\/\u20ac\ud83d\ude00", "na\u006de": 1}'),
    (14, '  {"space": 1}'),
    (15, '{"twice": 1, "other": 2, "twice": "x"}'),
    (16, '{"tiny": 1e-7, "huge": 1e300, "over": 1e400, "zero": -0, "negative": -0.0, "max": 9223372036854775807, "min": -9223372036854775808, "edge": 2147483647, "over32": 2147483648, "under": -2147483649}'),
    (17, '{"lists": [[]]}'),
    (18, '"text"'),
    (19, '17'),
    (20, 'null'),
    (21, null),
    (22, '{ "spaced" : [ 1 , 2 ] , "b" : { } }'),
    (23, '{"a.b": {"c d": {"é": 1}}}'),
    (24, '{"objects": [{"x": []}, {"x": [1]}]}'),
    (26, '{"objects": [{}]}');
