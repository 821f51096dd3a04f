\set VERBOSITY default
\set SHOW_CONTEXT never
CREATE TABLE shop_eu (id int PRIMARY KEY);
-- Routers in order, on the topic that the one before made; predicates look at that topic too.
SELECT topic FROM outflow.captured_tables('{outflow.transforms,"regex,regex.2",
    regex.regex,"(.*)\.shop_(.*)",regex.replacement,"$1.$2",
    regex.2.regex,".*(eu)",regex.2.replacement,"\\$1-$1",regex.2.predicate,"outflow.*"}');
SELECT topic FROM outflow.captured_tables('{outflow.transforms,regex,regex.regex,"(.*)",
    regex.replacement,all,regex.predicate,outflow.*,regex.negate,true}');
SELECT topic FROM outflow.captured_tables('{outflow.transforms,regex,regex.regex,"o|outflow.*",
    regex.replacement,x}');
-- What is wrong is named.
SELECT * FROM events('outflow.transforms', 'filter');
SELECT * FROM events('outflow.transforms', 'regex,regex');
SELECT * FROM events('outflow.transforms', 'regex', 'regex.regex', 'x');
SELECT * FROM events('outflow.transforms', 'regex', 'regex.regex', '(', 'regex.replacement', 'x');
SELECT * FROM events('outflow.transforms', 'regex', 'regex.regex', 'x', 'regex.replacement', '$1');
SELECT * FROM events('outflow.transforms', 'regex', 'regex.regx', 'x');
SELECT * FROM events('outflow.transforms', 'regex', 'regex.negate', 'maybe');
SELECT * FROM events('regex.regex', 'x');
DROP TABLE shop_eu;
