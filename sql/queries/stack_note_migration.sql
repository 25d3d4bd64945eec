-- Keep with Airflow's database which version made its tables.
COMMENT ON DATABASE airflow IS %(version)s;
