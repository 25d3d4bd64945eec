"""What `make run` and `make smoke` do: Postgres, Airflow and the demo newswire as processes of one supervisor.

Nothing here imports Airflow: it is started as separate processes and spoken to through its REST interface.
"""
