-- Keep with Airflow's database which version made its tables (sqlfluff does not take a placeholder for a literal here).
COMMENT ON DATABASE airflow IS %(version)s -- noqa: PRS
