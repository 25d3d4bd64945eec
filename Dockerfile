# One image for every service of docker-compose.yml: Python, the locked packages, copydesk.
FROM python:3.13-slim-trixie AS build
RUN python3 -m venv /opt/uv && /opt/uv/bin/pip install -q --disable-pip-version-check uv==0.13.9
COPY requirements.lock pyproject.toml README.md /opt/copydesk/
WORKDIR /opt/copydesk
RUN /opt/uv/bin/uv venv -q --python /usr/local/bin/python3 /opt/venv \
    && /opt/uv/bin/uv pip sync -q --system-certs --require-hashes --compile-bytecode --no-cache --python /opt/venv/bin/python requirements.lock
COPY plugins /opt/copydesk/plugins
ARG EXTRAS=""
RUN /opt/uv/bin/uv pip install -q --no-deps --no-build-isolation --no-cache --python /opt/venv/bin/python -e . \
    && { [ -z "$EXTRAS" ] || /opt/uv/bin/uv pip install -q --system-certs --no-build-isolation --no-cache \
        --compile-bytecode --constraint requirements.lock --python /opt/venv/bin/python -e ".[$EXTRAS]"; } \
    && /opt/venv/bin/python -m compileall -q plugins \
    && /opt/venv/bin/python -c 'from copydesk.clean.rulebook import keep_clues; keep_clues()'

FROM python:3.13-slim-trixie
RUN useradd --uid 50000 --create-home --home-dir /opt/airflow copydesk \
    && install -d -o copydesk /opt/airflow/logs /opt/auth /opt/copydesk/data_docs
COPY --from=build /opt/venv /opt/venv
COPY --from=build /opt/copydesk /opt/copydesk
COPY dags /opt/copydesk/dags
COPY sql /opt/copydesk/sql
COPY expectations /opt/copydesk/expectations
COPY feeds.toml /opt/copydesk/feeds.toml
ENV PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONUNBUFFERED=1 \
    AIRFLOW_HOME=/opt/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/copydesk/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/opt/copydesk/plugins \
    COPYDESK_HOME=/opt/airflow/copydesk
WORKDIR /opt/copydesk
USER copydesk
