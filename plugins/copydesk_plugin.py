"""What Airflow loads of copydesk beside the DAGs. Every task process runs this file, so it imports next to nothing."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin


class CopydeskPlugin(AirflowPlugin):
    """copydesk in Airflow."""

    name = "copydesk"

    @property
    def listeners(self) -> list[object]:
        """What writes the notes of runs and tasks."""
        from copydesk import airflow_listener  # noqa: PLC0415 - only where listeners are wanted

        return [airflow_listener]

    @property
    def fastapi_apps(self) -> list[dict[str, object]]:
        """The doors for pushes, in the api-server; they check signatures themselves."""
        from copydesk.web import push  # noqa: PLC0415 - FastAPI costs each task a second

        return [{"app": push.push_app(), "url_prefix": push.URL_PREFIX, "name": "copydesk push"}]
