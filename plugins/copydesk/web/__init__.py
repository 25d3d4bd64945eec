"""What copydesk serves inside Airflow's api-server."""
