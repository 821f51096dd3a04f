-- What may leave the hospital, said in SQL: the same that the connector does on the way.
CREATE VIEW research_patients AS
SELECT id,
       encode(sha256(convert_to('research' || national_id, 'UTF8')), 'hex') AS national_id,
       '********' AS name,
       born,
       ward
FROM patients;
