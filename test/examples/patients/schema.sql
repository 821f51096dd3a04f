CREATE TABLE patients (
    id uuid PRIMARY KEY,
    national_id text NOT NULL,
    name text NOT NULL,
    born date NOT NULL,
    ward text
);
CREATE TABLE observations (
    patient uuid NOT NULL,
    number integer NOT NULL,
    code text NOT NULL,
    value numeric,
    taken_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (patient, number)
);
