-- Nothing else ever came here.
CREATE VIEW research_patients AS SELECT id, national_id, name, born, ward FROM patients;
