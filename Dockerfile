# Jobtrail in one image: the API with the built page, and the same code as a worker or as the clock of schedules.
# docs/deploying.md says how to run it. Every stage uses the package clients' own defaults.

FROM node:22-trixie-slim AS page
WORKDIR /build/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier
COPY frontend/ ./
RUN node_modules/.bin/vite build --logLevel warn

FROM python:3.11-slim-trixie AS packages
WORKDIR /build
COPY backend/requirements.txt ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/python -m pip install --disable-pip-version-check --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim-trixie
# pg_dump, for the copy before a migration; of the version of docker-compose.yml's PostgreSQL or newer.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin jobtrail \
    && mkdir /data \
    && chown jobtrail:jobtrail /data \
    && chmod 700 /data
COPY --from=packages /opt/venv /opt/venv
COPY backend/alembic.ini /app/backend/
COPY backend/migrations/ /app/backend/migrations/
COPY backend/scripts/entrypoint.sh backend/scripts/healthcheck.py backend/scripts/reset_all_user_data.py /app/backend/scripts/
COPY backend/app/ /app/backend/app/
COPY --from=page /build/frontend/dist/ /app/frontend/dist/
WORKDIR /app/backend
# The root is mounted read-only, so what Python would write beside its files is written now.
RUN /opt/venv/bin/python -m compileall -q -j 0 app migrations /opt/venv/lib
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ENV=production \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATA_DIR=/data \
    CREDENTIALS_PATH=/data/credentials.json
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=4 CMD ["python", "scripts/healthcheck.py"]
ENTRYPOINT ["sh", "scripts/entrypoint.sh"]
CMD ["serve"]
